import { encodeFrame, Opcode } from '@holdfast/core';

/** One message as a server sends it, in so many fragments of so many bytes. */
export function messageStream(isText: boolean, fragments: number, fragmentBytes: number): Buffer {
  const frames = Array.from({ length: fragments }, (_, at) => {
    const first = isText ? Opcode.Text : Opcode.Binary;
    const payload = new Uint8Array(fragmentBytes).fill(isText ? 0x6b : 0xe7);
    return encodeFrame({ fin: at === fragments - 1, opcode: at === 0 ? first : Opcode.Continuation, payload });
  });
  return Buffer.concat(frames);
}

/** The same bytes in reads of this size. */
export function cut(bytes: Buffer, chunkBytes: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) => {
    return bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes);
  });
}
