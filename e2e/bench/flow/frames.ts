import { messageOf, type Workload } from './workload.ts';

const noKey = Buffer.alloc(4);

/** The frame that a client sends of a workload's message, masked by zeros unless there is a key. */
export function clientFrame(workload: Workload, key: Buffer = noKey): Buffer {
  const payload = Buffer.from(messageOf(workload));
  for (let at = 0; at < payload.length; at++) payload[at]! ^= key[at & 3]!;
  return Buffer.concat([header(workload, 0x80), key, payload]);
}

/** The frame that a server sends of it. */
export function serverFrame(workload: Workload): Buffer {
  return Buffer.concat([header(workload, 0), Buffer.from(messageOf(workload))]);
}

/** The frame of a server that carries text as it was compressed (RFC 7692 6). */
export function compressedFrame(payload: Uint8Array): Buffer {
  const head = header({ size: payload.length, isText: true }, 0);
  head[0]! |= 0x40;
  return Buffer.concat([head, payload]);
}

/** How long the frame of a client is, in bytes. */
export function clientFrameBytes(size: number): number {
  return serverFrameBytes(size) + 4;
}

/** How long the frame of a server is. */
export function serverFrameBytes(size: number): number {
  return size + (size > 0xffff ? 10 : size > 125 ? 4 : 2);
}

function header({ size, isText }: Pick<Workload, 'size' | 'isText'>, masked: number): Buffer {
  const first = isText ? 0x81 : 0x82;
  if (size <= 125) return Buffer.of(first, masked | size);
  const bytes = Buffer.alloc(size > 0xffff ? 10 : 4);
  bytes[0] = first;
  bytes[1] = masked | (size > 0xffff ? 127 : 126);
  if (size > 0xffff) bytes.writeBigUInt64BE(BigInt(size), 2);
  else bytes.writeUInt16BE(size, 2);
  return bytes;
}
