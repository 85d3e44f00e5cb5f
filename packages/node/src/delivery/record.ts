import type { Message } from '@holdfast/core/adapter';
import type { StoreChanges } from '@holdfast/core/delivery';
import { crc32 } from './crc32.ts';

/** The length of what follows, and its CRC-32. */
const headBytes = 8;

/** A record without its messages: of each its id, its length in bytes, and whether it is text. */
interface Index extends Omit<StoreChanges, 'add'> {
  readonly add?: readonly (readonly [id: number, bytes: number, isText: boolean])[];
}

/**
 * A change as bytes: the length of what follows its head and the CRC-32 of it, both as 32 bits, big end first; the length of
 * an index, the index as JSON, and the messages one behind the other.
 */
export function encodeRecord({ add, ...rest }: StoreChanges): Uint8Array {
  const messages = (add ?? []).map(([, message]) => (typeof message === 'string' ? Buffer.from(message) : message));
  const lengths = (add ?? []).map(
    ([id, message], at) => [id, messages[at]!.length, typeof message === 'string'] as const,
  );
  const index = Buffer.from(JSON.stringify({ ...rest, ...(add && { add: lengths }) } satisfies Index));
  const record = Buffer.concat([Buffer.alloc(headBytes + 4), index, ...messages]);
  record.writeUInt32BE(record.length - headBytes, 0);
  record.writeUInt32BE(index.length, headBytes);
  record.writeUInt32BE(crc32(record.subarray(headBytes)), 4);
  return record;
}

/** The record that begins at `at`, and where the next does; `undefined` where none is whole. */
export function decodeRecord(file: Buffer, at: number): { changes: StoreChanges; end: number } | undefined {
  if (file.length - at < headBytes + 4) return undefined;
  const end = at + headBytes + file.readUInt32BE(at);
  const body = file.subarray(at + headBytes, end);
  if (end > file.length || body.length < 4 || crc32(body) !== file.readUInt32BE(at + 4)) return undefined;
  const messagesAt = 4 + body.readUInt32BE(0);
  const { add, ...rest } = JSON.parse(body.toString('utf8', 4, messagesAt)) as Index;
  return { changes: add ? { ...rest, add: readMessages(body.subarray(messagesAt), add) } : rest, end };
}

function readMessages(bytes: Buffer, index: NonNullable<Index['add']>): [id: number, message: Message][] {
  let at = 0;
  return index.map(([id, length, isText]) => {
    const message = bytes.subarray(at, (at += length));
    // A copy: the file as a whole is not to be kept for the sake of one message.
    return [id, isText ? message.toString('utf8') : Uint8Array.from(message)];
  });
}
