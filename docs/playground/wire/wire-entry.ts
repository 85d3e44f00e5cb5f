import type { HoldfastError, Message } from '@holdfast/core';
import type { Side } from '../line/wire-chunk.ts';

/** One thing that travelled. */
export type WireEntry = HandshakeEntry | FrameEntry | FaultEntry | MessageEntry;

interface EntryBase {
  /** Counts the entries of a log, from 1. */
  readonly number: number;
  readonly line: number;
  readonly from: Side;
  readonly atMs: number;
}

/** A head of HTTP, with the body of a refusal. */
export interface HandshakeEntry extends EntryBase {
  readonly kind: 'handshake';
  /** Latin-1. */
  readonly text: string;
}

/** One frame (RFC 6455 5.2). */
export interface FrameEntry extends EntryBase {
  readonly kind: 'frame';
  /** As it travelled; of a long one, the start alone. */
  readonly bytes: Uint8Array;
  /** Of all of it. */
  readonly frameBytes: number;
  readonly payloadBytes: number;
  readonly fin: boolean;
  /** Of a continuation, that of its message stands in `continues`. */
  readonly opcode: number;
  readonly continues: number | undefined;
}

/** Bytes that break a rule; nothing behind them can be read. */
export interface FaultEntry extends EntryBase {
  readonly kind: 'fault';
  readonly bytes: Uint8Array;
  readonly error: HoldfastError;
}

/** A message of a line whose frames nobody sees, such as a native WebSocket's. */
export interface MessageEntry extends EntryBase {
  readonly kind: 'message';
  readonly data: Message;
}

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number'> : never;

/** An entry that is not in a log yet. */
export type NewEntry = WithoutNumber<WireEntry>;
