import * as crypto from 'node:crypto';

/** What RFC 6455 1.3 appends to the key, so that no server that does not know WebSocket answers rightly by chance. */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key` (RFC 6455 4.2.2, step 5.4). */
export function acceptKey(key: string): string {
  return sha1(key + guid);
}

/** In one call, which takes a third of the time, where the runtime has it: from Node 20.12 on. */
const sha1 =
  (crypto as Partial<typeof crypto>).hash === undefined
    ? (text: string) => crypto.createHash('sha1').update(text).digest('base64')
    : (text: string) => crypto.hash('sha1', text, 'base64');
