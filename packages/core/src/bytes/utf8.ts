import { HoldfastError } from '../errors.ts';

/** Fewer bytes are looked at one by one. */
const leastForQuick = 64;

/**
 * Strict UTF-8 (RFC 3629), piece by piece: pieces may split a character anywhere, and the first byte that cannot
 * belong to any text is refused when it arrives.
 */
export class Utf8Validator {
  readonly #isUtf8: ((bytes: Uint8Array) => boolean) | undefined;
  /** Continuation bytes that the current character still needs. */
  #needed = 0;
  /** The range of the next continuation byte, which keeps out overlong forms, surrogates and what lies past U+10FFFF. */
  #lower = 0x80;
  #upper = 0xbf;
  #position = 0;

  /** With a quick way to tell whether bytes are whole characters, no others are looked at one by one. */
  constructor(isUtf8?: (bytes: Uint8Array) => boolean) {
    this.#isUtf8 = isUtf8;
  }

  /** Checks the next bytes of the text. Throws `utf8-invalid` (close code 1007) at the first wrong one. */
  push(bytes: Uint8Array): void {
    const start = this.#position;
    let at = 0;
    while (this.#needed > 0 && at < bytes.length) this.#check(bytes[at] as number, start + at++);
    if (this.#isUtf8 && bytes.length - at >= leastForQuick) at += this.#skipWhole(bytes.subarray(at), this.#isUtf8);
    while (at < bytes.length) this.#check(bytes[at] as number, start + at++);
    this.#position = start + bytes.length;
  }

  #check(byte: number, position: number): void {
    if (this.#needed === 0) {
      if (byte >= 0x80 && !this.#begin(byte)) throw invalidUtf8(byte, position);
    } else if (byte >= this.#lower && byte <= this.#upper) {
      this.#needed--;
      this.#lower = 0x80;
      this.#upper = 0xbf;
    } else {
      throw invalidUtf8(byte, position);
    }
  }

  /** How many bytes in front are whole characters, all but the last of them; 0 where one is wrong. */
  #skipWhole(bytes: Uint8Array, isUtf8: (bytes: Uint8Array) => boolean): number {
    const whole = cutUtf8(bytes, bytes.length - 1);
    return isUtf8(whole) ? whole.length : 0;
  }

  /** Ends the text, and is ready for another. Throws `utf8-invalid` where it stops inside a character. */
  end(): void {
    const position = this.#position;
    const needed = this.#needed;
    this.#position = 0;
    this.#needed = 0;
    this.#lower = 0x80;
    this.#upper = 0xbf;
    if (needed > 0) {
      throw new HoldfastError('utf8-invalid', `text ends inside a character, at byte ${position}`, { closeCode: 1007 });
    }
  }

  /** Takes the first byte of a character of two to four bytes (RFC 3629 4); `false` if no character begins so. */
  #begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    if (byte < 0xe0) {
      this.#needed = 1;
    } else if (byte < 0xf0) {
      this.#needed = 2;
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
    } else {
      this.#needed = 3;
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
    }
    return true;
  }
}

/** Throws `utf8-invalid` unless these pieces together are one text. */
export function checkUtf8(pieces: readonly Uint8Array[]): void {
  const validator = new Utf8Validator();
  for (const piece of pieces) validator.push(piece);
  validator.end();
}

/** A decoder of whole texts: strict, and a leading U+FEFF is kept as the character it is. */
export class Utf8Decoder {
  readonly #decoder: { decode(bytes: Uint8Array): string } = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /** The text of these bytes, or `undefined` where they are none. */
  tryDecode(bytes: Uint8Array): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  /** The text of these bytes. Throws `utf8-invalid` (close code 1007). */
  decode(bytes: Uint8Array): string {
    return this.tryDecode(bytes) ?? refuseUtf8(bytes);
  }
}

/** Throws `utf8-invalid` (close code 1007) that names the first byte that is no text. */
export function refuseUtf8(bytes: Uint8Array): never {
  checkUtf8([bytes]);
  throw new HoldfastError('utf8-invalid', 'text is not UTF-8', { closeCode: 1007 });
}

/** At most `maxBytes` of a text, without the part of a character that would stand at the end. */
export function cutUtf8(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length <= maxBytes) return bytes;
  let end = maxBytes;
  // 10xxxxxx continues a character: its first byte stands before.
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

function invalidUtf8(byte: number, position: number): HoldfastError {
  const hex = byte.toString(16).padStart(2, '0');
  return new HoldfastError('utf8-invalid', `byte 0x${hex} at ${position} of a text is not UTF-8`, { closeCode: 1007 });
}
