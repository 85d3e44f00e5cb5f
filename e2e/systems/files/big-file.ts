import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const blockBytes = 4 * 1024 * 1024;

/** Writes a file of chance, each of whose blocks is different, and answers its SHA-256. */
export async function writeBigFile(path: string, bytes: number): Promise<string> {
  const block = randomBytes(blockBytes);
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  for (let at = 0; at < bytes; at += blockBytes) {
    block.writeDoubleBE(at, 0);
    const piece = block.subarray(0, Math.min(blockBytes, bytes - at));
    hash.update(piece);
    await file.write(piece);
  }
  await file.close();
  return hash.digest('hex');
}

/** The SHA-256 of a file. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: blockBytes })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
