import { holdfastReceiver, type Receiver, wsReceiver } from './receivers.ts';
import { cut, messageStream } from './stream.ts';
import { nsOf, timesOf, type Work } from './work.ts';

/** So many bytes go by, in messages of 64 bytes or in one. */
const allBytes = 64 * 1024;
const shortBytes = 64;

/** The same bytes in longer and longer reads. */
export const reads: Readonly<Record<string, Work>> = {
  'holdfast, messages of 64 B': (chunkBytes) => timeOf(holdfastReceiver(), short(), chunkBytes),
  'holdfast, a message of 64 KiB': (chunkBytes) => timeOf(holdfastReceiver(), long(), chunkBytes),
  'ws, messages of 64 B': (chunkBytes) => timeOf(wsReceiver(), short(), chunkBytes),
  'ws, a message of 64 KiB': (chunkBytes) => timeOf(wsReceiver(), long(), chunkBytes),
};

/** Longer and longer messages, always in reads of a single byte. */
export const singleBytes: Readonly<Record<string, Work>> = {
  'holdfast, binary': (bytes) => timeOf(holdfastReceiver(), messageStream(false, 1, bytes), 1),
  'holdfast, text': (bytes) => timeOf(holdfastReceiver(), messageStream(true, 1, bytes), 1),
  'ws, binary': (bytes) => timeOf(wsReceiver(), messageStream(false, 1, bytes), 1),
  'ws, text': (bytes) => timeOf(wsReceiver(), messageStream(true, 1, bytes), 1),
};

function short(): Buffer {
  const one = messageStream(false, 1, shortBytes);
  return Buffer.concat(Array.from({ length: allBytes / shortBytes }, () => one));
}

function long(): Buffer {
  return messageStream(false, 1, allBytes);
}

function timeOf(receive: Receiver, stream: Buffer, chunkBytes: number): number {
  const chunks = cut(stream, chunkBytes);
  const times = timesOf(stream.length);
  let messages = 0;
  const ns = nsOf(() => {
    for (let time = 0; time < times; time++) messages += receive(chunks);
  });
  if (messages < times) throw new Error(`${messages} messages came of ${times} times`);
  return ns / (times * stream.length);
}
