import { sha1 } from '@noble/hashes/legacy.js';
import { acceptGuid } from '../../../packages/node/src/handshake/accept-guid.ts';

/** How an accept key comes about, step by step (RFC 6455 4.2.2, step 5.4). */
export interface AcceptSteps {
  readonly key: string;
  readonly guid: string;
  /** The key with the GUID behind it. */
  readonly joined: string;
  /** The SHA-1 of that, 20 bytes. */
  readonly digest: Uint8Array;
  /** The same in base64: the value of `Sec-WebSocket-Accept`. */
  readonly accept: string;
}

/** The steps for a key. The hash is computed here: the browser's own is there in secure contexts alone, and later. */
export function acceptSteps(key: string): AcceptSteps {
  const joined = key + acceptGuid;
  const digest = sha1(new TextEncoder().encode(joined));
  return { key, guid: acceptGuid, joined, digest, accept: toBase64(digest) };
}

/** The `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`. */
export function pageAcceptKey(key: string): string {
  return acceptSteps(key).accept;
}

/** Bytes in base64. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
