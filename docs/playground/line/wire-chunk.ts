/** The ends of a line. */
export type Side = 'client' | 'server';

/** Bytes as an end has put them on the line, whether or not they arrive. */
export interface WireChunk {
  /** Counts the dials of a server, from 1. */
  readonly line: number;
  readonly from: Side;
  readonly bytes: Uint8Array;
  /** By the clock of the server. */
  readonly atMs: number;
  readonly kind: 'handshake' | 'frames';
}
