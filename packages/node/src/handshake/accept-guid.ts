/** What RFC 6455 1.3 appends to the key, so that no server that does not know WebSocket answers rightly by chance. */
export const acceptGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Answers the `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`, by the SHA-1 of the platform. */
export type AcceptKey = (key: string) => string;
