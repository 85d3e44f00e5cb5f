import type { CloseOutcome } from '../close-code.ts';
import type { Message, Outgoing } from '../message.ts';

/**
 * One open connection, as an adapter gives it to the client. The adapter writes before it tells, turns everything that
 * goes wrong into `onEnd`, and once it is given up, calls no handler again.
 */
export interface Link {
  /** The sub-protocol that was agreed, or ''. */
  readonly protocol: string;
  /** Bytes that were handed over and that the platform has not taken yet. */
  readonly bufferedBytes: number;
  /** Hands over a checked message; answers its payload's bytes, or -1 when the link is ending and takes none. */
  send(message: Outgoing): number;
  /** Asks for a sign of life, which comes as `onPong`. Absent where the platform has no ping. */
  ping?(): void;
  /** Stops the reading of messages, or goes on with it. Absent where the platform cannot. */
  pause?(isPaused: boolean): void;
  /** Begins the closing handshake; `onEnd` tells when it is over. The client sets the time limit. */
  close(code: number, reason: string): void;
}

/** What an adapter tells of one dial: `onOpen` at most once and first, `onEnd` exactly once and last. */
export interface LinkHandler {
  onOpen(link: Link): void;
  /** Bytes arrived, be it half a message: the line is alive. */
  onHeard(): void;
  onMessage(data: Message): void;
  /** The last ping was answered. */
  onPong(): void;
  /** `bufferedBytes` went down. */
  onDrain(): void;
  /** The dial failed, or the link ended. */
  onEnd(outcome: CloseOutcome): void;
}

/** Where to dial. */
export interface DialRequest {
  /** An absolute ws: or wss: URL. */
  readonly url: string;
  /** Sub-protocols to offer, in order of preference. */
  readonly protocols: readonly string[];
}

/**
 * Begins a dial and answers what gives it up, or the link that it became, at once: the handler is not called again.
 * What it throws is a failed dial.
 */
export type Connector = (request: DialRequest, handler: LinkHandler) => () => void;
