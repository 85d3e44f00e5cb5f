// What a protocol holds while a stream of any kind stops anywhere: no more than the message and the frame under way may
// have by their limits, twice because buffers double, the newest chunk, and the pongs that wait; whatever the stream
// announces. Measured by the buffers that are left after all garbage is collected.
import { Protocol } from '@holdfast/core';
import { concat } from '../engine/hex.ts';
import { heldBufferBytes } from '../engine/memory.ts';
import type { Random } from '../engine/random.ts';
import { hold, type Target } from '../engine/target.ts';
import { cutAtRandom } from '../generate/cuts.ts';
import { Random as CutRandom } from '../engine/random.ts';
import { generateWireInput, readWireInput, wireHeaderBytes } from './wire-input.ts';
import { maskingKeys } from './protocol-output.ts';
import type { ReceiverLike } from './protocol.ts';

/** As many connections are held at once: what one holds stands out from what the platform itself does. */
const connections = 16;

/** What a chunk, a decoder and a test may cost beside, in bytes. */
const slackBytes = 4096;

/** How often it is looked at before it counts as held. */
const maxLooks = 10;

/** Protocols that are left in the middle, or ones with a fault planted. */
export function heldBytesTarget(
  create: (options: ConstructorParameters<typeof Protocol>[0]) => ReceiverLike = (options) => new Protocol(options),
): Target {
  return {
    name: 'held-bytes',
    weight: { long: 5, short: 1 },
    headerBytes: wireHeaderBytes,
    generate(random: Random) {
      const input = generateWireInput(random);
      const end = wireHeaderBytes + random.below(input.length - wireHeaderBytes + 1);
      return concat([input.subarray(0, end)]);
    },
    run(input) {
      const { role, limits, maxPendingPongs, cutSeed, stream } = readWireInput(input);
      const before = heldBufferBytes();
      const held = Array.from({ length: connections }, () => {
        const options = { ...limits, maxPendingPongs };
        const protocol = create(
          role === 'server' ? { ...options, role } : { ...options, role, createMaskingKey: maskingKeys() },
        );
        feed(protocol, stream, cutSeed);
        return protocol;
      });
      const measure = () => (heldBufferBytes() - before) / held.length;
      const underWay = Math.min(stream.length, limits.maxMessageBytes + limits.maxFrameBytes);
      const may = 2 * underWay + stream.length + maxPendingPongs * 256 + slackBytes;
      let each = measure();
      // Memory may be given back a little after it was collected; what is held stays, however often one looks.
      for (let looks = 1; each > may && looks < maxLooks; looks++) each = measure();
      hold(
        each <= may,
        () => `${Math.round(each)} bytes are held by each, ${may} may be, of ${stream.length} that came`,
      );
      return [each > stream.length / 2 ? 'holds much of it' : 'holds little of it', held[0]?.state ?? ''];
    },
  };
}

function feed(protocol: ReceiverLike, stream: Uint8Array, cutSeed: number): void {
  for (const chunk of cutAtRandom(new CutRandom(`held ${cutSeed}`), stream, 3000)) {
    protocol.receive(chunk);
    // As a link does, which writes before it reads on.
    protocol.takeOutput();
  }
}
