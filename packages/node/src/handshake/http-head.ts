import { HoldfastError } from '@holdfast/core';
import { fieldValue, token } from './http-syntax.ts';
import { decodeLatin1 } from './latin1.ts';

/** The headers of an HTTP message, in the order in which they came, names in lower case, values trimmed. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** How much of a head is taken. */
export interface HeadLimits {
  /** All lines together, in bytes. */
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  /** One line without its end, in bytes. */
  readonly maxHeaderLineBytes: number;
}

/** What tells the head of a request from that of a response. */
export interface HeadKind {
  readonly name: 'request' | 'response';
  /** Whether a head may begin with this text, of 1 to 9 characters. */
  readonly canStartWith: (text: string) => boolean;
  readonly startLine: RegExp;
}

/** A head as it stands between the start of the stream and its empty line. */
export interface HttpHead {
  /** What the pattern of the start line has found. */
  readonly startLine: RegExpExecArray;
  readonly headers: Headers;
  /** What came behind it. */
  readonly rest: Uint8Array;
}

const cr = 0x0d;
const lf = 0x0a;
/** How much of the start is looked at to tell a peer that does not speak HTTP. */
const startBytes = 9;

/**
 * Bytes to the head of an HTTP message (RFC 9112), in chunks of any size. Each byte is looked at once and copied a
 * limited number of times, and each rule and limit is told by the bytes that break it.
 */
export class HeadReader {
  readonly #kind: HeadKind;
  readonly #limits: HeadLimits;
  #bytes: Uint8Array = new Uint8Array(512);
  #end = 0;
  #lineStart = 0;
  #lineCount = 0;
  #startLine: RegExpExecArray | undefined;

  constructor(kind: HeadKind, limits: HeadLimits) {
    this.#kind = kind;
    this.#limits = limits;
  }

  /** Takes a chunk. Answers the head once it is whole. Throws `http-too-large` or `http-malformed`. */
  push(chunk: Uint8Array): HttpHead | undefined {
    const searched = this.#end;
    this.#append(chunk);
    // An empty chunk tells nothing.
    if (searched < startBytes && this.#end > 0) this.#checkStart();
    for (let at = this.#find(searched); at >= 0; at = this.#find(at + 1)) {
      const lineEnd = at - 1;
      this.#checkLine(lineEnd);
      // The end of a head whose lines end in a bare LF would be waited for in vain.
      if (this.#bytes[lineEnd] !== cr) throw this.#malformed('line', this.#text(this.#lineStart, at + 1));
      this.#startLine ??= this.#readStartLine(lineEnd);
      if (lineEnd === this.#lineStart) return this.#finish(this.#startLine, at + 1);
      this.#lineStart = at + 1;
      // The start line is no header.
      if (this.#lineCount++ > this.#limits.maxHeaders) {
        throw this.#tooLarge(`over ${this.#limits.maxHeaders} headers`);
      }
    }
    // A CR at the end may begin the line's end: the limit is the same under any cutting.
    this.#checkLine(this.#end - 1);
    return undefined;
  }

  #append(chunk: Uint8Array): void {
    const end = this.#end + chunk.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(2 * end);
      grown.set(this.#bytes.subarray(0, this.#end));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.#end);
    this.#end = end;
  }

  /** Where the next LF stands, or -1. */
  #find(from: number): number {
    const at = this.#bytes.subarray(from, this.#end).indexOf(lf);
    return at < 0 ? -1 : from + at;
  }

  /** A peer that does not speak HTTP is refused by its first bytes, not by a time limit. */
  #checkStart(): void {
    const start = this.#text(0, Math.min(this.#end, startBytes));
    if (!this.#kind.canStartWith(start)) throw this.#malformed('start', start);
  }

  /** Holds a line, which ends or goes on at `lineEnd`, against the limits. */
  #checkLine(lineEnd: number): void {
    const { maxHeaderBytes, maxHeaderLineBytes } = this.#limits;
    if (lineEnd - this.#lineStart > maxHeaderLineBytes) throw this.#tooLarge(`a line over ${maxHeaderLineBytes} bytes`);
    // The empty line that ends a head does not count.
    if (lineEnd > this.#lineStart && lineEnd > maxHeaderBytes) throw this.#tooLarge(`over ${maxHeaderBytes} bytes`);
  }

  #tooLarge(what: string): HoldfastError {
    return new HoldfastError('http-too-large', `the head of the ${this.#kind.name} has ${what}`);
  }

  #readStartLine(lineEnd: number): RegExpExecArray {
    const line = this.#text(0, lineEnd);
    const match = this.#kind.startLine.exec(line);
    if (!match) throw this.#malformed('start line', line);
    return match;
  }

  #finish(startLine: RegExpExecArray, headEnd: number): HttpHead {
    const [, ...lines] = this.#text(0, Math.max(0, headEnd - 4)).split('\r\n');
    const headers = lines.map((line) => this.#parseHeader(line));
    return { startLine, headers, rest: this.#bytes.slice(headEnd, this.#end) };
  }

  #parseHeader(line: string): readonly [string, string] {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    // Folded lines, which begin with white space, and white space before the colon are refused too (RFC 9112 5.1, 5.2).
    if (!token.test(name)) throw this.#malformed('header', line);
    const value = trimWhitespace(line.slice(colon + 1));
    if (!fieldValue.test(value)) throw this.#malformed('header', line);
    return [name.toLowerCase(), value];
  }

  #malformed(what: string, text: string): HoldfastError {
    const shown = JSON.stringify(text.slice(0, 80));
    return new HoldfastError('http-malformed', `${what} ${shown} of the ${this.#kind.name}`);
  }

  #text(from: number, to: number): string {
    return decodeLatin1(this.#bytes.subarray(from, to));
  }
}

/** The values of a header, in order; one that stands in several lines has several. */
export function headerValues(headers: Headers, name: string): string[] {
  return headers.filter(([other]) => other === name).map(([, value]) => value);
}

/** The members of a header that is a list, from all its lines (RFC 9110 5.6.1); empty ones count for nothing. */
export function listItems(values: readonly string[]): string[] {
  return values
    .join(',')
    .split(',')
    .map(trimWhitespace)
    .filter((item) => item !== '');
}

/** What an error shows of a header. */
export function showValues(values: readonly string[]): string {
  return values.length === 0 ? 'no header' : JSON.stringify(values.join(', ').slice(0, 80));
}

/** The headers as an object: what stands in several lines is joined by commas. */
export function joinHeaders(headers: Headers): Record<string, string> {
  const joined: Record<string, string> = Object.create(null);
  for (const [name, value] of headers) joined[name] = name in joined ? `${joined[name]}, ${value}` : value;
  return joined;
}

/** Without spaces and tabs at its ends (RFC 9110 5.5); unlike a pattern anchored at the end, in one pass. */
export function trimWhitespace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text[start])) start++;
  while (end > start && isWhitespace(text[end - 1])) end--;
  return text.slice(start, end);
}

function isWhitespace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
