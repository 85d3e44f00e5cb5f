/** The bytes that hex digits name; spaces, commas, colons and `0x` between them do not matter. Throws on anything else. */
export function parseHex(text: string): Uint8Array {
  const digits = text.replace(/0x/gi, '').replace(/[\s,:;_-]/g, '');
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong) throw new Error(`${JSON.stringify(wrong[0])} is no hex digit`);
  if (digits.length % 2 === 1) throw new Error(`${digits.length} hex digits: a byte has two`);
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

/** `7f 9f 4d`, two digits a byte. */
export function formatHex(bytes: Iterable<number>): string {
  return Array.from(bytes, formatByte).join(' ');
}

/** `7f`. */
export function formatByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** `0111`, so many bits as asked for. */
export function formatBits(value: number, bits: number): string {
  return value.toString(2).padStart(bits, '0');
}

/** The character that a byte is in ASCII, or a dot. */
export function formatAscii(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? '␣' : '·';
}
