import { HoldfastError } from '@holdfast/core';
import { headerValues, joinHeaders } from './http-head.ts';
import type { ResponseHead } from './response-head.ts';
import { parseRetryAfter } from './retry-after.ts';

/** How much of the body of a refusal is kept, in bytes: enough for a message, too little to be filled up with. */
const maxBodyBytes = 1024;

/** A response that is not 101: collects the first bytes of its body for the error that tells of it. */
export class RefusedResponse {
  readonly #head: ResponseHead;
  readonly #isChunked: boolean;
  readonly #maxBytes: number;
  #body: Buffer = Buffer.alloc(0);

  constructor(head: ResponseHead) {
    this.#head = head;
    this.#isChunked = /\bchunked\b/i.test(headerValues(head.headers, 'transfer-encoding').join());
    const [length = ''] = headerValues(head.headers, 'content-length');
    // RFC 9112 6.3: where there are chunks, a length counts for nothing.
    const isTold = !this.#isChunked && /^\d+$/.test(length);
    this.#maxBytes = isTold ? Math.min(Number(length), maxBodyBytes) : maxBodyBytes;
  }

  /** Takes bytes of the body; answers whether no more are needed. What comes after that changes nothing. */
  push(chunk: Uint8Array): boolean {
    this.#body = Buffer.concat([this.#body, chunk.subarray(0, this.#maxBytes - this.#body.length)]);
    return this.#body.length >= this.#maxBytes || (this.#isChunked && joinChunks(this.#body).isWhole);
  }

  /** The error, with what has arrived of the body by this time of day, in ms. */
  toError(nowMs: number = Date.now()): HoldfastError {
    const { status, reason, headers } = this.#head;
    const bytes = this.#isChunked ? joinChunks(this.#body).bytes : this.#body;
    const retryAfterMs = parseRetryAfter(headerValues(headers, 'retry-after')[0], nowMs);
    return new HoldfastError('http-status', `the server answered ${status} ${reason}`.trimEnd(), {
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      headers: joinHeaders(headers),
      body: bytes.toString('utf8'),
    });
  }
}

/** What stands in the chunks of a chunked body, as far as it is there, and whether the last one is (RFC 9112 7.1). */
function joinChunks(body: Buffer): { readonly bytes: Buffer; readonly isWhole: boolean } {
  const parts: Buffer[] = [];
  let size = Number.NaN;
  for (let at = 0; at < body.length; at += size + 2) {
    const lineEnd = body.indexOf('\r\n', at);
    size = Number.parseInt(body.toString('latin1', at, lineEnd < 0 ? at : lineEnd), 16);
    if (!(size > 0)) break;
    at = lineEnd + 2;
    parts.push(body.subarray(at, at + size));
  }
  return { bytes: Buffer.concat(parts), isWhole: size === 0 };
}
