import { HoldfastError } from '@holdfast/core';
import { headerValues, joinHeaders } from './http-head.ts';
import type { ResponseHead } from './response-head.ts';

/** How much of the body of a refusal is kept, in bytes: enough for a message, too little to be filled up with. */
const maxBodyBytes = 1024;

/** A response that is not 101: collects the first bytes of its body for the error that tells of it. */
export class RefusedResponse {
  readonly #head: ResponseHead;
  readonly #isChunked: boolean;
  readonly #announcedBytes: number;
  #body: Buffer = Buffer.alloc(0);

  constructor(head: ResponseHead) {
    this.#head = head;
    this.#isChunked = /\bchunked\b/i.test(headerValues(head.headers, 'transfer-encoding').join());
    const [length = ''] = headerValues(head.headers, 'content-length');
    this.#announcedBytes = /^\d+$/.test(length) ? Number(length) : Number.POSITIVE_INFINITY;
  }

  /** Takes bytes of the body; answers whether no more are needed. */
  push(chunk: Uint8Array): boolean {
    this.#body = Buffer.concat([this.#body, chunk.subarray(0, maxBodyBytes - this.#body.length)]);
    const isLastChunk = this.#isChunked && /(?:^|\r\n)0+\r\n/.test(this.#body.toString('latin1'));
    return isLastChunk || this.#body.length >= Math.min(this.#announcedBytes, maxBodyBytes);
  }

  /** The error, with what has arrived of the body. */
  toError(): HoldfastError {
    const { status, reason, headers } = this.#head;
    const bytes = this.#isChunked ? joinChunks(this.#body) : this.#body;
    return new HoldfastError('http-status', `the server answered ${status} ${reason}`.trimEnd(), {
      status,
      headers: joinHeaders(headers),
      body: bytes.toString('utf8'),
    });
  }
}

/** What stands in the chunks of a chunked body, as far as it is there (RFC 9112 7.1). */
function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd < 0 ? at : lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
