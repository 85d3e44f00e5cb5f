import { HeadReader, type HeadKind, type HeadLimits, type Headers } from './http-head.ts';

/** The head of an HTTP response (RFC 9112 4). */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
}

const versions = ['HTTP/1.1 ', 'HTTP/1.0 '];

const kind: HeadKind = {
  name: 'response',
  canStartWith: (text) => versions.some((version) => version.startsWith(text)),
  // An old proxy may refuse by HTTP/1.0, but cannot switch protocols (RFC 9110 7.8).
  startLine: /^HTTP\/1\.(?:1|0(?! 101)) ([1-9]\d{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/,
};

/** Bytes to the head of a response, in chunks of any size. */
export class ResponseHeadParser {
  readonly #reader: HeadReader;

  constructor(limits: HeadLimits) {
    this.#reader = new HeadReader(kind, limits);
  }

  /**
   * Takes a chunk. Answers the head and the bytes behind it once it is whole. Throws `http-too-large` or
   * `http-malformed`.
   */
  push(chunk: Uint8Array): { readonly head: ResponseHead; readonly rest: Uint8Array } | undefined {
    const read = this.#reader.push(chunk);
    if (!read) return undefined;
    const { startLine, headers, rest } = read;
    const [, status, reason = ''] = startLine;
    return { head: { status: Number(status), reason, headers }, rest };
  }
}
