/**
 * The rows of RFC 3629 4 as they stand there: which bytes may follow each other in one character. Nothing clever, so
 * that it can be held against the RFC by eye.
 */
const rows: readonly (readonly (readonly [first: number, last: number])[])[] = [
  [[0x00, 0x7f]],
  [[0xc2, 0xdf], tail()],
  [[0xe0, 0xe0], [0xa0, 0xbf], tail()],
  [[0xe1, 0xec], tail(), tail()],
  [[0xed, 0xed], [0x80, 0x9f], tail()],
  [[0xee, 0xef], tail(), tail()],
  [[0xf0, 0xf0], [0x90, 0xbf], tail(), tail()],
  [[0xf1, 0xf3], tail(), tail(), tail()],
  [[0xf4, 0xf4], [0x80, 0x8f], tail(), tail()],
];

/** Text that is read a byte at a time. */
export class ReferenceUtf8 {
  /** The bytes of the character under way. */
  #character: number[] = [];

  /** Whether this byte may stand here. */
  take(byte: number): boolean {
    this.#character.push(byte);
    const row = rows.find((ranges) => this.#character.every((each, index) => isIn(each, ranges[index])));
    if (row?.length === this.#character.length) this.#character = [];
    return row !== undefined;
  }

  /** Whether the text may end here. */
  get isWhole(): boolean {
    return this.#character.length === 0;
  }
}

/** Where the first byte stands that no text can have there; the length, if the text only stops too early. */
export function firstWrongByte(bytes: Uint8Array): number | undefined {
  const text = new ReferenceUtf8();
  const at = bytes.findIndex((byte) => !text.take(byte));
  if (at >= 0) return at;
  return text.isWhole ? undefined : bytes.length;
}

function tail(): readonly [number, number] {
  return [0x80, 0xbf];
}

function isIn(byte: number, range: readonly [number, number] | undefined): boolean {
  return range !== undefined && byte >= range[0] && byte <= range[1];
}
