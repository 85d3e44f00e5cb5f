import { createHash } from 'node:crypto';

/** What RFC 6455 1.3 appends to the key, so that no server that does not know WebSocket answers rightly by chance. */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key` (RFC 6455 4.2.2, step 5.4). */
export function acceptKey(key: string): string {
  return createHash('sha1')
    .update(key + guid)
    .digest('base64');
}
