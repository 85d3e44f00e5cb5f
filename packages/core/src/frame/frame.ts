/** The opcodes of RFC 6455 5.2; all others are reserved. */
export const Opcode = {
  Continuation: 0x0,
  Text: 0x1,
  Binary: 0x2,
  Close: 0x8,
  Ping: 0x9,
  Pong: 0xa,
} as const;

export type Opcode = (typeof Opcode)[keyof typeof Opcode];

/** Which end of the connection is meant: the two mask, and close TCP, by different rules (RFC 6455 5.1, 7.1.1). */
export type Role = 'client' | 'server';

/** One frame (RFC 6455 5.2), its payload in the clear. */
export interface Frame {
  /** The last fragment of a message. Control frames are always whole. */
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: Opcode;
  /** The 4 bytes that the payload is masked with on the wire; absent on unmasked frames. */
  readonly maskingKey?: Uint8Array;
  /** The payload, unmasked. */
  readonly payload: Uint8Array;
}

/** The longest payload of a control frame, in bytes (RFC 6455 5.5). */
export const maxControlPayloadBytes = 125;

/** Whether the opcode is one of a control frame: close, ping, pong and the reserved 0xB to 0xF (RFC 6455 5.5). */
export function isControl(opcode: number): boolean {
  return (opcode & 0x8) !== 0;
}

/** Whether RFC 6455 5.2 defines this opcode. */
export function isOpcode(value: number): value is Opcode {
  return value <= Opcode.Binary ? value >= 0 : value >= Opcode.Close && value <= Opcode.Pong;
}
