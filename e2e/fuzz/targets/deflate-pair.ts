// Whatever messages two ends compress for each other, under any agreement that there is: each comes out as it went in, in
// fragments too; it is read by an independent peer that has the agreed window and no more; it is no longer than was said
// that it may become; and one byte less of a limit than it has is over the limit.
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import type { DeflateAgreement, DeflateSide } from '../../../packages/node/src/deflate/negotiation.ts';
import { resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import { OurDeflate } from '../../conformance/wire/our-deflate.ts';
import { toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { Script } from '../engine/script.ts';
import { hold, holdSame, type Target } from '../engine/target.ts';

/** The part of a codec that two of them need. */
export type CodecLike = Pick<DeflateCodec, 'encode' | 'decode' | 'maxEncodedBytes' | 'close'>;

const sizes = [0, 1, 2, 16, 31, 32, 100, 250, 257, 300, 513, 1000, 1024, 5000, 33_000];
const roles = ['client', 'server'] as const;

/** Two codecs, or two with a fault planted. */
export function deflatePairTarget(
  create: (role: 'client' | 'server', agreement: DeflateAgreement) => CodecLike = (role, agreement) =>
    new DeflateCodec(role, agreement),
): Target {
  return {
    name: 'deflate-pair',
    weight: { long: 30, short: 4 },
    headerBytes: 4,
    generate: (random: Random) => random.bytes(4 + 3 * random.between(1, 12)),
    run(input) {
      const script = new Script(input);
      const agreement = readAgreement(script);
      const codecs = { client: create('client', agreement), server: create('server', agreement) };
      const readers = { client: new OurDeflate(agreement.client), server: new OurDeflate(agreement.server) };
      const labels: string[] = [];
      while (!script.isOver) {
        const from = script.pick(roles);
        const payload = readPayload(script);
        const encoded = codecs[from].encode(payload);
        labels.push(encoded ? 'compressed' : 'as it is');
        if (!encoded) continue;
        hold(
          encoded.length <= codecs[from].maxEncodedBytes(payload.length),
          `${encoded.length} bytes of ${payload.length}`,
        );
        holdSame(readByPeer(readers[from], encoded), toLatin1(payload), 'what an independent peer reads');
        checkDecoded(codecs[from === 'client' ? 'server' : 'client'], encoded, payload, 1 + (payload.length % 3));
      }
      for (const role of roles) codecs[role].close();
      return labels;
    },
  };
}

function readAgreement(script: Script): DeflateAgreement {
  const side = (byte: number): DeflateSide => ({ windowBits: 8 + (byte & 7), keepsContext: (byte & 8) === 0 });
  const [server, client, how, more] = [script.byte(), script.byte(), script.byte(), script.byte()];
  const [options] = resolveCompression({ level: how % 10, memLevel: 1 + (more % 9), thresholdBytes: 0 }, true);
  return { text: '', server: side(server), client: side(client), options: options as DeflateAgreement['options'] };
}

/** Words that come again at any distance, or numbers in which nothing comes again soon. */
function readPayload(script: Script): Uint8Array {
  const bytes = script.pick(sizes);
  const seed = script.byte();
  return Uint8Array.from({ length: bytes }, (_, at) =>
    seed & 1 ? Math.imul(at + seed, 0x9e3779b1) >>> 24 : (at % (seed + 2)) + 32,
  );
}

function readByPeer(reader: OurDeflate, encoded: Uint8Array): string {
  try {
    return toLatin1(reader.inflate(encoded));
  } catch (error) {
    return `nothing, for it has ${(error as Error).message}`;
  }
}

function checkDecoded(codec: CodecLike, encoded: Uint8Array, payload: Uint8Array, pieces: number): void {
  const size = Math.max(1, Math.ceil(encoded.length / pieces));
  let left = payload.length;
  let text = '';
  for (let at = 0; at < encoded.length; at += size) {
    const decoded = codec.decode(encoded.slice(at, at + size), at + size >= encoded.length, left);
    hold(decoded !== undefined, () => `over a limit of ${payload.length}, which it has`);
    left -= decoded.length;
    text += toLatin1(decoded);
  }
  holdSame(text, toLatin1(payload), 'what the other end reads');
}
