/** What a frame carries: text stands for its UTF-8, and a fill for so many bytes of it, over and over. */
export type Payload = string | Uint8Array | Fill;

/** Bytes that are too many to write down. */
export interface Fill {
  readonly fill: string;
  readonly bytes: number;
}

/** The bytes of a payload. */
export function toBytes(payload: Payload): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload);
  if (payload instanceof Uint8Array) return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return Buffer.alloc(payload.bytes, payload.fill);
}

/** How many bytes a payload has, without making them. */
export function lengthOf(payload: Payload): number {
  return typeof payload === 'object' && 'bytes' in payload ? payload.bytes : Buffer.byteLength(payload);
}

/** The bytes that hex digits stand for; white space between them is for people. */
export function fromHex(hex: string): Buffer {
  const digits = hex.replace(/\s/g, '');
  const bytes = Buffer.from(digits, 'hex');
  if (bytes.length * 2 !== digits.length) throw new Error(`not hex: ${hex}`);
  return bytes;
}

/** How much of a payload a report shows. */
const shownBytes = 24;

/** Bytes for a report: hex, the middle of long ones left out. */
export function showBytes(bytes: Uint8Array): string {
  const hex = (part: Uint8Array) => Buffer.from(part).toString('hex').replace(/../g, '$& ').trimEnd();
  if (bytes.length === 0) return '0 bytes';
  if (bytes.length <= 2 * shownBytes) return `${bytes.length} bytes: ${hex(bytes)}`;
  return `${bytes.length} bytes: ${hex(bytes.subarray(0, shownBytes))} ... ${hex(bytes.subarray(-shownBytes))}`;
}
