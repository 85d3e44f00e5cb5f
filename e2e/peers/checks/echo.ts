import { expect } from 'chai';
import type { Line } from '../ends/bench.ts';
import { bytesOf, textOf } from './payload.ts';

/** Sends a message, and holds the peer to its kind and length and the echo to every byte. */
export async function echo({ ours, told }: Pick<Line, 'ours' | 'told'>, message: string | Uint8Array): Promise<void> {
  ours.send(message);
  await heardAndEchoed({ ours, told }, message);
}

/** Sends so many messages of both kinds, the longest of about 5 kB, without waiting; holds the echoes to their order too. */
export async function echoMany(line: Pick<Line, 'ours' | 'told'>, length: number): Promise<void> {
  const sizeOf = (n: number) => Math.floor((n * 5_000) / length);
  const messages = Array.from({ length }, (_, n) => (n % 2 === 0 ? textOf(sizeOf(n)) : bytesOf(sizeOf(n))));
  for (const message of messages) line.ours.send(message);
  for (const message of messages) await heardAndEchoed(line, message);
}

/** What comes of a message that was sent: the peer notes it, and it comes back as it was. */
export async function heardAndEchoed(
  { ours, told }: { ours: { message(): Promise<string | Uint8Array> }; told: Line['told'] },
  message: string | Uint8Array,
): Promise<void> {
  const isText = typeof message === 'string';
  const { kind, bytes } = await told('message');
  expect({ kind, bytes }).to.deep.equal({ kind: isText ? 'text' : 'binary', bytes: Buffer.byteLength(message) });
  checkSame(await ours.message(), message);
}

/** Throws unless both are the same; says no more of them than their kinds and lengths, which may be great. */
function checkSame(actual: string | Uint8Array, expected: string | Uint8Array): void {
  const shape = (message: string | Uint8Array) => `${typeof message} of ${message.length}`;
  expect(shape(actual)).to.equal(shape(expected));
  const isSame =
    typeof actual === 'string' ? actual === expected : Buffer.compare(actual, expected as Uint8Array) === 0;
  expect(isSame, `a ${shape(actual)} is what was sent`).to.equal(true);
}
