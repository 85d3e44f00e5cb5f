import { HoldfastError } from '@holdfast/core';
import { headerValues, joinHeaders } from './http-head.ts';
import { decodeLatin1 } from './latin1.ts';
import type { ResponseHead } from './response-head.ts';
import { parseRetryAfter } from './retry-after.ts';

/** How much of the body of a refusal is kept, in bytes: enough for a message, too little to be filled up with. */
const maxBodyBytes = 1024;

/** A response that is not 101: collects the first bytes of its body for the error that tells of it. */
export class RefusedResponse {
  readonly #head: ResponseHead;
  readonly #isChunked: boolean;
  readonly #maxBytes: number;
  #body: Uint8Array = new Uint8Array(0);

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
    this.#body = join([this.#body, chunk.subarray(0, this.#maxBytes - this.#body.length)]);
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
      body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    });
  }
}

/** What stands in the chunks of a chunked body, as far as it is there, and whether the last one is (RFC 9112 7.1). */
function joinChunks(body: Uint8Array): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  const text = decodeLatin1(body);
  const parts: Uint8Array[] = [];
  let size = Number.NaN;
  for (let at = 0; at < body.length; at += size + 2) {
    const lineEnd = text.indexOf('\r\n', at);
    size = Number.parseInt(text.slice(at, Math.max(at, lineEnd)), 16);
    if (!(size > 0)) break;
    at = lineEnd + 2;
    parts.push(body.subarray(at, at + size));
  }
  return { bytes: join(parts), isWhole: size === 0 };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}
