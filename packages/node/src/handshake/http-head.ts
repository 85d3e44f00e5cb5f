import { HoldfastError } from '@holdfast/core';
import { fieldValue, token } from './http-syntax.ts';

/** The head of an HTTP response (RFC 9112). */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** In the order in which they came, names in lower case, values trimmed. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** How much of a head is taken. */
export interface HeadLimits {
  /** All lines together, in bytes. */
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
}

const statusLine = /^HTTP\/1\.1 (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/;

/** Bytes to the head of a response, in chunks of any size; each byte is looked at once. */
export class ResponseHeadParser {
  readonly #limits: HeadLimits;
  #bytes: Buffer = Buffer.alloc(0);
  #searchedBytes = 0;

  constructor(limits: HeadLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a chunk. Answers the head and the bytes behind it once it is whole. Throws `http-too-large` or
   * `http-malformed`.
   */
  push(chunk: Uint8Array): { readonly head: ResponseHead; readonly rest: Uint8Array } | undefined {
    this.#bytes = this.#bytes.length === 0 ? toBuffer(chunk) : Buffer.concat([this.#bytes, chunk]);
    const end = this.#bytes.indexOf('\r\n\r\n', this.#searchedBytes, 'latin1');
    // Of a head without its end, 3 bytes may belong to that: the limit is the same under any cutting.
    const headBytes = end < 0 ? this.#bytes.length - 3 : end;
    if (headBytes > this.#limits.maxHeaderBytes) {
      throw new HoldfastError('http-too-large', `response head over ${this.#limits.maxHeaderBytes} bytes`);
    }
    if (end < 0) {
      this.#checkStart();
      this.#checkLineEnds();
      this.#searchedBytes = Math.max(0, this.#bytes.length - 3);
      return undefined;
    }
    const head = parseHead(this.#bytes.toString('latin1', 0, end), this.#limits);
    return { head, rest: this.#bytes.subarray(end + 4) };
  }

  /** A peer that does not speak HTTP is refused by its first bytes, not by a time limit. */
  #checkStart(): void {
    const start = this.#bytes.toString('latin1', 0, 9);
    if (!'HTTP/1.1 '.startsWith(start)) throw malformed('status line', start);
  }

  /** Lines that end in a bare LF are refused when they come: the end of such a head would be waited for in vain. */
  #checkLineEnds(): void {
    for (let at = this.#bytes.indexOf(0x0a, this.#searchedBytes); at >= 0; at = this.#bytes.indexOf(0x0a, at + 1)) {
      if (this.#bytes[at - 1] !== 0x0d) throw malformed('line', this.#bytes.toString('latin1', 0, at + 1));
    }
  }
}

/** The values of a header, in order; one that stands in several lines has several. */
export function headerValues(head: ResponseHead, name: string): string[] {
  return head.headers.filter(([other]) => other === name).map(([, value]) => value);
}

function parseHead(text: string, { maxHeaders }: HeadLimits): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n');
  const match = statusLine.exec(first);
  if (!match) throw malformed('status line', first);
  if (lines.length > maxHeaders) {
    throw new HoldfastError('http-too-large', `${lines.length} response headers: the limit is ${maxHeaders}`);
  }
  return { status: Number(match[1]), reason: match[2] ?? '', headers: lines.map(parseHeader) };
}

function parseHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  // Folded lines, which begin with white space, and white space before the colon are refused too (RFC 9112 5.1, 5.2).
  if (!token.test(name)) throw malformed('header', line);
  const value = line.slice(colon + 1).replace(/^[\t ]+|[\t ]+$/g, '');
  if (!fieldValue.test(value)) throw malformed('header', line);
  return [name.toLowerCase(), value];
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function malformed(what: string, text: string): HoldfastError {
  return new HoldfastError('http-malformed', `${what} ${JSON.stringify(text.slice(0, 80))} of the response`);
}
