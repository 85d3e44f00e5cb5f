import { startHoldfastClient } from './holdfast.ts';
import { startDeliveryClient } from './holdfast-delivery.ts';
import { startPartySocket } from './partysocket.ts';
import { startReconnectingWebSocket } from './reconnecting-websocket.ts';
import { startSocketIoClient } from './socket-io.ts';

/** What a client tells while it lives. */
export interface ClientListener {
  onOpen(): void;
  /** A line ended, with what the client says is uncertain, where it says something, and why. */
  onEnd(uncertain?: number, why?: string): void;
  /** A heartbeat was answered. */
  onAnswer(): void;
  onMessage(text: string): void;
}

/** How a client is set for a run. */
export interface ClientOptions {
  /** Whether this platform cannot ping. */
  readonly isWeb: boolean;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** A client as its makers ship it, behind the three things that a run does with it. */
export interface ClientEnd {
  send(text: string): void;
  /** Bytes that wait, where the client tells. */
  readonly bufferedBytes: number;
  close(): unknown;
}

/** Dials a URL. */
export type StartClient = (url: string, listener: ClientListener, options: ClientOptions) => ClientEnd;

/** The clients that there are, by name. */
export const clients = {
  holdfast: startHoldfastClient,
  'holdfast with delivery': startDeliveryClient,
  partysocket: startPartySocket,
  'reconnecting-websocket': startReconnectingWebSocket,
  'socket.io-client': startSocketIoClient,
} as const satisfies Readonly<Record<string, StartClient>>;

/** The name of a client. */
export type ClientName = keyof typeof clients;
