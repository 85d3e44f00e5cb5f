import { HeadReader, type HeadKind, type HeadLimits, type Headers } from './http-head.ts';

/** The head of an HTTP request (RFC 9112 3). */
export interface RequestHead {
  readonly method: string;
  /** As it came: a path with its query, or an absolute URL. */
  readonly target: string;
  /** `1.1` for HTTP/1.1. */
  readonly version: string;
  readonly headers: Headers;
}

const kind: HeadKind = {
  name: 'request',
  canStartWith: (text) => /^[!#$%&'*+\-.^_`|~\w]+(?: |$)/.test(text),
  startLine: /^([!#$%&'*+\-.^_`|~\w]+) ([\x21-\x7e]+) HTTP\/(\d\.\d)$/,
};

/** Bytes to the head of a request, in chunks of any size. */
export class RequestHeadParser {
  readonly #reader: HeadReader;

  constructor(limits: HeadLimits) {
    this.#reader = new HeadReader(kind, limits);
  }

  /**
   * Takes a chunk. Answers the head and the bytes behind it once it is whole. Throws `http-too-large` or
   * `http-malformed`.
   */
  push(chunk: Uint8Array): { readonly head: RequestHead; readonly rest: Uint8Array } | undefined {
    const read = this.#reader.push(chunk);
    if (!read) return undefined;
    const { startLine, headers, rest } = read;
    const [, method = '', target = '', version = ''] = startLine;
    return { head: { method, target, version, headers }, rest };
  }
}
