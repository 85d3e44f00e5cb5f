import { messageOf, type Workload } from './workload.ts';

/** The frame that a client sends of a workload's message, masked by zeros. */
export function clientFrame(workload: Workload): Buffer {
  return Buffer.concat([header(workload, 0x80), Buffer.alloc(4), Buffer.from(messageOf(workload))]);
}

/** The frame that a server sends of it. */
export function serverFrame(workload: Workload): Buffer {
  return Buffer.concat([header(workload, 0), Buffer.from(messageOf(workload))]);
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
