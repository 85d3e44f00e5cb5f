import { constants, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Loop, loopOf } from './loop.ts';
import { feed } from './workload.ts';

/** The payloads of a loop's frames, none of which is longer than 64 KiB. */
function payloadsOf({ bytes, ends }: Loop): Buffer[] {
  return ends.map((end, at) => {
    const start = at === 0 ? 0 : ends[at - 1]!;
    return bytes.subarray(start + (bytes[start + 1]! < 126 ? 2 : 4), end);
  });
}

describe('the frames that a peer sends again and again', () => {
  test('of a feed inflate to its messages by one window, and from the start again behind any of them', async () => {
    const payloads = payloadsOf(await loopOf({ kind: 'receive', size: 0, isText: true, isFeed: true }));
    const twice = [...payloads.slice(0, 100), ...payloads];
    const input = Buffer.concat(twice.flatMap((payload) => [payload, Buffer.from([0, 0, 0xff, 0xff])]));
    const text = inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    expect(text).toBe([...feed().slice(0, 100), ...feed()].join(''));
  });

  test('of a feed are much shorter than its messages, which are of 139 bytes to 1 KiB', async () => {
    const { bytes } = await loopOf({ kind: 'receive', size: 0, isText: true, isFeed: true });
    const lengths = feed().map(({ length }) => length);
    expect([Math.min(...lengths) >= 130, Math.max(...lengths) <= 1024]).toEqual([true, true]);
    expect(bytes.length).toBeLessThan(lengths.reduce((sum, length) => sum + length) / 2);
  });

  test('of messages of one length end where each frame ends', async () => {
    const { bytes, ends } = await loopOf({ kind: 'receive', size: 1024, isText: false });
    expect([ends[0], ends.at(-1)]).toEqual([1028, bytes.length]);
  });
});
