import type { DeflateSide, ExchangeStep, ExpectedFrame, PeerFrame, RowCompression } from '../row/row.ts';
import { peerBytes } from '../wire/peer-bytes.ts';
import { OurDeflate } from '../wire/our-deflate.ts';
import { showBytes, toBytes } from '../wire/payload.ts';
import { PeerDeflate } from '../wire/peer-deflate.ts';
import { recordsOf } from '../wire/records.ts';
import type { Bench } from './bench.ts';
import { eventCheck } from './compare-event.ts';
import { showFrame } from './compare-frame.ts';
import { Mismatch } from './mismatch.ts';

type CompressedFrame = Extract<ExpectedFrame, { readonly kind: 'compressed' }>;

/** About how many bytes of an exchange are under way at once. */
const batchBytes = 256 * 1024;

/** What both ends compress in one row: the peer's hand and eye, each with its window. */
export class CompressedTalk {
  readonly #bench: Bench;
  readonly #ours: OurDeflate | undefined;
  readonly #peers: PeerDeflate | undefined;

  constructor(bench: Bench, sides: RowCompression['sides']) {
    this.#bench = bench;
    const of = (role: 'client' | 'server'): DeflateSide | undefined => sides?.[role];
    const [ours, peers] = [of(bench.role), of(bench.role === 'client' ? 'server' : 'client')];
    this.#ours = ours && new OurDeflate(ours);
    this.#peers = peers && new PeerDeflate(peers, { level: 1 });
  }

  /** Our side sends these compressed messages next. Throws a Mismatch, or a WireViolation. */
  async expect({ opcode, payload, ofBytes }: CompressedFrame, times = 1): Promise<void> {
    const bytes = toBytes(payload);
    for (let count = 0; count < times; count++) await this.#expectOne(opcode, bytes, ofBytes);
  }

  /** Plays an exchange, in batches. */
  async exchange({ opcode, bytes, times }: ExchangeStep): Promise<void> {
    const count = Math.min(times, this.#bench.maxExchanged);
    const atOnce = Math.min(100, Math.max(1, Math.floor(batchBytes / bytes)));
    for (let from = 0; from < count; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => from + at);
      await this.#exchangeSome(
        opcode,
        numbers.map((number) => recordsOf(bytes, number, opcode === 2)),
      );
    }
  }

  async #exchangeSome(opcode: 1 | 2, payloads: readonly Buffer[]): Promise<void> {
    const frames = payloads.map((payload): PeerFrame => ({ opcode, rsv: 4, payload: this.#deflate(payload) }));
    await this.#bench.write(peerBytes(frames, this.#bench.role));
    for (const payload of payloads) {
      const message = opcode === 1 ? { text: payload } : { binary: payload };
      eventCheck({ type: 'message', message })(await this.#bench.nextEvent());
      await this.#expectOne(opcode, payload);
    }
  }

  async #expectOne(opcode: 1 | 2, payload: Buffer, ofBytes = Number.POSITIVE_INFINITY): Promise<void> {
    const compressed: Buffer[] = [];
    for (let isLast = false; !isLast; ) {
      const frame = await this.#bench.nextFrame();
      const isFirst = compressed.length === 0;
      if ('nothing' in frame) throw new Mismatch('a compressed message', frame.nothing);
      const isRight = frame.opcode === (isFirst ? opcode : 0) && frame.rsv1 === isFirst;
      if (!isRight || frame.payload.length > ofBytes)
        throw new Mismatch('a frame of a compressed message', showFrame(frame));
      compressed.push(frame.payload);
      isLast = frame.fin || ofBytes === Number.POSITIVE_INFINITY;
      if (isLast !== frame.fin) throw new Mismatch('the message in one frame', showFrame(frame));
    }
    if (!this.#ours) throw new Error('the row says nothing of how our side compresses');
    const got = this.#ours.inflate(Buffer.concat(compressed));
    if (!got.equals(payload)) throw new Mismatch(`a message, ${showBytes(payload)}`, showBytes(got));
  }

  #deflate(payload: Buffer): Buffer {
    if (!this.#peers) throw new Error('the row says nothing of how the peer compresses');
    return this.#peers.deflate(payload);
  }
}
