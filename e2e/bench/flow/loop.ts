import { constants, createDeflateRaw } from 'node:zlib';
import { compressedFrame, serverFrame } from './frames.ts';
import { feed, type Workload } from './workload.ts';

/** Frames in a row that can be sent again and again, and where each of them ends. */
export interface Loop {
  readonly bytes: Buffer;
  readonly ends: readonly number[];
}

const leastBytes = 256 * 1024;

/** What a peer sends of a workload. */
export async function loopOf(workload: Workload): Promise<Loop> {
  if (workload.isFeed) return loopOfFrames((await compressed(feed())).map(compressedFrame));
  const frame = serverFrame(workload);
  return loopOfFrames(Array.from({ length: Math.max(1, Math.floor(leastBytes / frame.length)) }, () => frame));
}

function loopOfFrames(frames: readonly Buffer[]): Loop {
  let end = 0;
  return { bytes: Buffer.concat(frames), ends: frames.map(({ length }) => (end += length)) };
}

/**
 * Each message as one window makes it, kept from message to message. None reaches back behind the first one, so that they
 * may come again from the start, whatever came before.
 */
async function compressed(messages: readonly string[]): Promise<Buffer[]> {
  const deflate = createDeflateRaw();
  let pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pieces.push(piece));
  const payloads: Buffer[] = [];
  for (const message of messages) {
    deflate.write(message);
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    // RFC 7692 7.2.1: without the 00 00 ff ff that a flush ends with.
    payloads.push(Buffer.concat(pieces).subarray(0, -4));
    pieces = [];
  }
  deflate.destroy();
  return payloads;
}
