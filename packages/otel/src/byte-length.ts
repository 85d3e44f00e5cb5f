/** What text, an ArrayBuffer or a view of one takes, in bytes; 0 for what only a codec makes bytes of. */
export function byteLength(message: unknown): number {
  if (typeof message === 'string') return utf8Length(message);
  const length = (message as ArrayBuffer | undefined)?.byteLength;
  return typeof length === 'number' ? length : 0;
}

/** Counts without encoding: a message may be large. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Two units of a pair take four bytes; any other unit from 0x800 on takes three.
    const isHalf = unit >= 0xd800 && unit <= 0xdfff;
    bytes += unit < 0x800 || isHalf ? 1 : 2;
  }
  return bytes;
}
