import { HoldfastError } from '../errors.ts';
import type { DropCause } from '../events/client-event.ts';
import type { Envelope } from './envelope.ts';

/**
 * What calls run over: a Client, a server's Connection, or anything that has so much of them. What a listener throws or
 * rejects with is its to tell.
 */
export interface RpcPeer {
  readonly state: { readonly name: string };
  on(type: 'message', listener: (event: { readonly data: unknown }) => unknown): () => void;
  on(type: 'closed', listener: (event: { readonly error?: HoldfastError | undefined }) => unknown): () => void;
  send(message: never, options?: never): unknown;
  drained?(): Promise<unknown>;
  /** Whether it has delivery: then a broken line loses nothing as long as the session is resumed. */
  readonly delivery?: unknown;
}

/** How the line of a peer is used. */
export interface LineOptions {
  /** What is sent are objects, for a codec that takes any, and not JSON text. Both are understood. Default: `false`. */
  readonly asObjects?: boolean;
}

/** An envelope in the form that the peer sends. Throws `invalid-message` on what JSON has no text for. */
export function toMessage(envelope: Envelope, { asObjects }: LineOptions): never {
  // Other forms than JSON tell what is undefined from what is left out.
  if (asObjects)
    return Object.fromEntries(Object.entries(envelope).filter(([, value]) => value !== undefined)) as never;
  try {
    return JSON.stringify(envelope) as never;
  } catch (cause) {
    throw new HoldfastError('invalid-message', 'no JSON', { cause });
  }
}

/** What becomes of a line. */
export interface LineWatcher {
  /** What was on its way, and who waited at the other end, are gone. */
  readonly onLost: () => void;
  /** What was queued is on its way. */
  readonly onOpen?: () => void;
  /** A message was given up before it was sent. */
  readonly onDropped?: (message: unknown, error: HoldfastError) => void;
  /** The end of the peer. */
  readonly onClosed: (error: HoldfastError | undefined) => void;
}

/** The events of a peer that comes back; one that does not never tells them. */
interface ReturningPeer {
  on(type: 'disconnected', listener: (event: { readonly willReconnect: boolean }) => void): () => void;
  on(type: 'dropped', listener: (event: { readonly message: unknown; readonly cause: DropCause }) => void): () => void;
  on(type: 'open', listener: (event: { readonly resumed: boolean }) => void): () => void;
}

/** Watches the line of a peer; the answer ends that. */
export function watchLine(peer: RpcPeer, { onLost, onOpen, onDropped, onClosed }: LineWatcher): () => void {
  const returning = peer as unknown as ReturningPeer;
  const offs = [
    returning.on('disconnected', ({ willReconnect }) => {
      // With delivery the next `open` says whether anything is lost; without a next one, `closed` follows.
      if (!peer.delivery && willReconnect) onLost();
    }),
    returning.on('open', ({ resumed }) => {
      if (peer.delivery && !resumed) onLost();
      onOpen?.();
    }),
    returning.on('dropped', ({ message, cause }) => {
      // What was sent and never acknowledged is for the next `open` to judge.
      if (cause === 'unacknowledged') return;
      onDropped?.(message, new HoldfastError(cause === 'queue-full' ? cause : 'connection-lost', `dropped: ${cause}`));
    }),
    peer.on('closed', ({ error }) => onClosed(error)),
  ];
  return () => {
    for (const off of offs) off();
  };
}
