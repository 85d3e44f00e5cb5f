import type { Bench, BenchEnd, BenchEvent, Nothing } from '../play/bench.ts';
import { showEvent } from '../play/compare-event.ts';
import { showFrame } from '../play/compare-frame.ts';
import type { AppAct, EndStep, HeardEvent, Role, SendStep } from '../row/row.ts';
import type { ReadFrame } from '../wire/frame-reader.ts';
import type { App } from './app.ts';
import { fence } from './fence.ts';
import type { RawPeer } from './raw-peer.ts';

/** What the end of TCP is called when nothing is wrong with it. */
const inOrder = 'in order';

/** Our app and a peer written by hand, with TCP between them. */
export class TcpBench implements Bench {
  readonly role: Role;
  readonly maxExchanged: number = Number.POSITIVE_INFINITY;
  readonly #app: App;
  readonly #peer: RawPeer;
  /** Bytes that went with the handshake are not written again. */
  #isFirstWriteDone: boolean;

  constructor(role: Role, app: App, peer: RawPeer, isFirstWriteDone: boolean) {
    this.role = role;
    this.#app = app;
    this.#peer = peer;
    this.#isFirstWriteDone = isFirstWriteDone;
  }

  tells(event: HeardEvent): boolean {
    return event.type === 'message';
  }

  async write(bytes: Buffer, { chopBytes }: Pick<SendStep, 'chopBytes'> = {}): Promise<void> {
    if (!this.#isFirstWriteDone) await this.#peer.write(bytes, chopBytes);
    this.#isFirstWriteDone = false;
  }

  async cut(how: 'end' | 'reset'): Promise<void> {
    if (how === 'end') this.#peer.end();
    else this.#peer.reset();
  }

  act(act: AppAct): Promise<void> {
    return this.#app.act(act);
  }

  nextFrame(): Promise<ReadFrame | Nothing> {
    return this.#peer.nextFrame();
  }

  async nextEvent(): Promise<BenchEvent | Nothing> {
    const { messages, change } = this.#app.log;
    return (await change.until(() => messages.shift())) ?? { nothing: 'no message in time' };
  }

  async settle(): Promise<string> {
    await fence();
    const message = this.#app.log.messages.shift();
    if (message) return showEvent(message);
    const frame = this.#peer.takeFrame();
    if (frame) return showFrame(frame);
    return this.#peer.restBytes > 0 ? `${this.#peer.restBytes} bytes of a frame` : '';
  }

  async end(step: EndStep): Promise<BenchEnd> {
    const transport = step.by === 'loss' ? await this.#seeLoss() : await this.#seeEnd(step.isPeerSilent ?? false);
    const { log } = this.#app;
    // Where TCP went wrong the row has failed, and the end may never be told.
    const outcome = transport === inOrder ? await log.change.until(() => log.outcome) : log.outcome;
    return { ...(outcome ?? { code: 0, reason: 'never told', wasClean: false, error: '' }), transport };
  }

  close(): void {
    this.#app.abandon();
    this.#peer.destroy();
  }

  /** RFC 6455 7.1.1: the server ends TCP first, the client waits for it. Where the peer is silent, our side has a limit. */
  async #seeEnd(isPeerSilent: boolean): Promise<string> {
    const peer = this.#peer;
    if (this.role === 'client') {
      await this.#probe();
      if (peer.hasEnded || peer.hasClosed) return 'ended by the client before the server';
      if (!isPeerSilent) peer.end();
    }
    if (!(await peer.until(() => peer.hasEnded || peer.hasClosed))) return `never ended by the ${this.role}`;
    if (isPeerSilent) return this.#seeReset();
    if (this.role === 'server') {
      await this.#probe();
      peer.end();
    }
    return this.#seeClose();
  }

  /** What comes behind the end is read and dropped; a line that was broken may look ended until somebody writes to it. */
  async #probe(): Promise<void> {
    await this.#peer.write(Buffer.from('behind the end'));
    await fence();
  }

  async #seeLoss(): Promise<string> {
    return this.#peer.wasReset || this.#peer.hasClosed ? this.#seeReset() : this.#seeClose();
  }

  async #seeClose(): Promise<string> {
    if (!(await this.#peer.until(() => this.#peer.hasClosed))) return 'never ended';
    return this.#seeReset();
  }

  #seeReset(): string {
    return this.#peer.wasReset ? 'broken by a reset' : inOrder;
  }
}
