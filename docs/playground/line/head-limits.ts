import type { HeadLimits } from '../../../packages/node/src/handshake/http-head.ts';

/** How much of a head both ends take, as @holdfast/node does by itself. */
export const headLimits: HeadLimits = { maxHeaderBytes: 16 * 1024, maxHeaders: 100, maxHeaderLineBytes: 8 * 1024 };

/** The bytes of a head, which is text of Latin-1; of the page's own heads only ASCII is used. */
export function encodeHead(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
