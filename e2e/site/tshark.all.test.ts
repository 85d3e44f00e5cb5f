import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAccept } from '../../docs/playground/wire/accept-check.ts';
import type { WireEntry } from '../../docs/playground/wire/wire-entry.ts';
import { WireLog } from '../../docs/playground/wire/wire-log.ts';
import { testMissing } from '../peers/describe-peer.ts';
import { findFreePort } from '../servers/listen.ts';
import { readByPlayground, readByTshark } from './frame-reading.ts';
import {
  type DissectedFrame,
  dissectFrames,
  dissectKeys,
  whyNoTshark,
  readStreams,
  record,
  type RecordedStream,
} from './tshark.ts';
import { startEcho, talk, talkInFragments } from './tshark-conversation.ts';

// Held against a reader that is not ours: a conversation over TCP on the loopback, recorded by dumpcap, read by tshark.
const missing = whyNoTshark();
if (missing === undefined) describeConversation();
else testMissing('tshark', missing);

type Side = DissectedFrame['from'];
const sides: readonly Side[] = ['client', 'server'];

function describeConversation(): void {
  describe('a recorded conversation', () => {
    let folder: string;
    let streams: RecordedStream[];
    let dissected: DissectedFrame[];
    let keys: Awaited<ReturnType<typeof dissectKeys>>;
    const log = new WireLog();

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'holdfast-tshark-'));
      const file = join(folder, 'conversation.pcapng');
      const port = await findFreePort();
      await record(file, port, async () => {
        const server = await startEcho(port);
        await talk(port);
        await talkInFragments(port);
        await server.close();
      });
      streams = await readStreams(file, port);
      dissected = await dissectFrames(file, port);
      keys = await dissectKeys(file, port);
      streams.forEach((stream, line) => {
        for (const from of sides) {
          const [head, frames] = cutHead(stream[from]);
          log.addChunk({ line, from, bytes: head, atMs: 0, kind: 'handshake' });
          log.addChunk({ line, from, bytes: frames, atMs: 0, kind: 'frames' });
        }
      });
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const entriesOf = (line: number, from: Side) =>
      log.entries.filter((entry) => entry.line === line && entry.from === from);
    const framesOf = (line: number, from: Side) =>
      dissected.filter((frame) => frame.stream === line && frame.from === from);

    it('has every form of frame', () => {
      const readings = dissected.map(({ layer }) => readByTshark(layer));
      expect(new Set(readings.map(({ opcode }) => opcode))).toEqual(new Set([0, 1, 2, 8, 9, 10]));
      expect(new Set(readings.map(({ shortLength }) => shortLength))).toEqual(
        expect.toSatisfy((lengths: Set<number>) => [0, 5, 125, 126, 127].every((length) => lengths.has(length))),
      );
      expect(readings.filter(({ fin }) => fin === 0).length).toBe(3);
    });

    it('is the same frames, bit by bit, for tshark and for the timeline', () => {
      expect(streams.length).toBe(2);
      for (const [line, stream] of streams.entries()) {
        for (const from of sides) {
          const [, ...frames] = entriesOf(line, from);
          const ours = cutFrames(cutHead(stream[from])[1], frames).map(readByPlayground);
          const theirs = framesOf(line, from).map(({ layer }) => readByTshark(layer));
          expect(ours.length).toBeGreaterThan(2);
          expect(ours).toEqual(theirs);
        }
      }
    });

    it('has handshakes whose accept key is as computed', () => {
      expect(keys.length).toBe(2);
      for (const [line, { key, accept }] of keys.entries()) {
        const [request, response] = sides.map((from) => textOf(entriesOf(line, from)[0]));
        expect(checkAccept(request ?? '', response)).toMatchObject({ key, accept, answered: accept, isRight: true });
      }
    });
  });
}

/** The head of HTTP, and what stands behind it. */
function cutHead(bytes: Uint8Array): [head: Uint8Array, rest: Uint8Array] {
  const end = Buffer.from(bytes).indexOf('\r\n\r\n') + 4;
  return [bytes.subarray(0, end), bytes.subarray(end)];
}

/** The bytes of each frame, of which entries keep the start alone; the entries say how many they are. */
function cutFrames(bytes: Uint8Array, entries: readonly WireEntry[]): Uint8Array[] {
  let at = 0;
  const frames = entries.map((entry) => {
    if (entry.kind !== 'frame') throw new Error(`an entry of kind ${entry.kind}`);
    const frame = bytes.subarray(at, at + entry.frameBytes);
    at += entry.frameBytes;
    return frame;
  });
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are in no frame`);
  return frames;
}

function textOf(entry: WireEntry | undefined): string {
  return entry?.kind === 'handshake' ? entry.text : '';
}
