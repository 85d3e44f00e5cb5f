/**
 * A payload that compression is made for: runs of numbers that come again, near and far, also from message to message.
 * It is ASCII, or where it `isBinary` no UTF-8 at all. The same for the same length and number.
 */
export function recordsOf(bytes: number, number: number, isBinary: boolean): Buffer {
  const payload = Buffer.alloc(bytes);
  const runBytes = 20 * Math.max(1, Math.ceil(bytes / 2048));
  for (let at = 0, run = 0; at < bytes; at += runBytes, run++) {
    const word = Buffer.from(`${String((number * 7919 + run * run * 31) % 400).padStart(4, '0')} `);
    payload.fill(isBinary ? word.map((byte) => byte | 0x80) : word, at, Math.min(bytes, at + runBytes));
  }
  return payload;
}
