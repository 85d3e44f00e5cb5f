import type { CloseOutcome } from '../close-code.ts';
import type { Uncertain } from '../events/client-event.ts';
import type { Message, Outgoing } from '../message.ts';

/** One open connection, as an adapter gives it to the client. A native WebSocket is one as it is. */
export interface Link {
  /** The sub-protocol that was agreed, or ''. */
  readonly protocol: string;
  /** 1 while it takes messages (WHATWG WebSockets, OPEN). */
  readonly readyState: number;
  /** Bytes of payload that were handed over and that the platform has not taken yet; `send` adds to it at once. */
  readonly bufferedAmount: number;
  /** The extensions that were agreed on, as they stand in the header, or ''. */
  readonly extensions: string;
  /** Hands over a checked message; with what was said of it that the platform knows (`Platform.sendDefaults`). */
  send(message: Outgoing, options?: object): void;
  /** Begins the closing handshake; `onEnd` tells when it is over. The client sets the time limit. */
  close(code: number, reason: string): void;
  /** Whether the server still knew the session that an earlier link had; with delivery alone. */
  readonly resumed?: boolean;
  /** What was handed over and not acknowledged, where acknowledgements are counted. */
  readonly uncertain?: Uncertain;
  /** Asks for a sign of life, which comes as `onPong`. Absent where the platform has no ping. */
  ping?(): void;
}

/**
 * What an adapter tells of one dial: `onOpen` at most once and first, `onEnd` exactly once and last. It writes what a
 * message asks for before it tells the message, and everything that goes wrong becomes `onEnd`.
 */
export interface LinkHandler {
  onOpen(link: Link): void;
  onMessage(data: Message): void;
  /** Bytes arrived, be it half a message: the line is alive. Only where messages may arrive in pieces. */
  onHeard(): void;
  /** The last ping was answered. */
  onPong(): void;
  /** `bufferedAmount` went down. Where the platform does not tell, the client looks by itself. */
  onDrain(): void;
  /** The dial failed, or the link ended. */
  onEnd(outcome: CloseOutcome): void;
}

/**
 * Begins a dial to an absolute ws: or wss: URL, with sub-protocols to offer in order of preference. It calls the handler in a later turn, and answers what drops the dial, or the link that it became, at
 * once. What the handler is told after that counts no more. What it throws is a failed dial.
 */
export type Connector = (url: string, protocols: readonly string[], handler: LinkHandler) => () => void;
