import { failOn, fillOptions } from '@holdfast/core/adapter';
import { checkWindow, deliveryDefaults, type WindowLimits } from '@holdfast/core/delivery';
import type { HandshakeRequest } from '../handshake-request.ts';
import type { SessionStore } from './session-store.ts';

/** How a server delivers. */
export interface ServerDeliveryOptions {
  /** Keeps the sessions for other processes to go on with. Default: they live as long as this process. */
  readonly store?: SessionStore | undefined;
  /** How long a session waits for its client to come back, in ms; then it is closed. Default 120,000. */
  readonly resumeWithinMs?: number;
  /** The most sessions, of which those whose clients are away the longest are closed first. Default 10,000. */
  readonly maxSessions?: number;
  /**
   * Whose a session is: a client resumes it only if it is the same one's. Default: everybody's who knows its name, which is
   * a secret of 144 random bits.
   */
  readonly owner?: ((asked: { readonly request: HandshakeRequest; readonly data: unknown }) => string) | undefined;
  /** How much may be on its way without an acknowledgement. Default: 4,096 messages, 4 MiB. */
  readonly window?: Partial<WindowLimits>;
  /** How long an acknowledgement may wait for further messages that it can acknowledge too, in ms. Default 1. */
  readonly ackDelayMs?: number;
}

/** The same with every default in its place. */
export interface ResolvedServerDelivery {
  readonly store: SessionStore | undefined;
  readonly resumeWithinMs: number;
  readonly maxSessions: number;
  readonly owner: NonNullable<ServerDeliveryOptions['owner']>;
  readonly window: WindowLimits;
  readonly ackDelayMs: number;
}

const defaults: ResolvedServerDelivery = {
  ...deliveryDefaults,
  store: undefined,
  resumeWithinMs: 120_000,
  maxSessions: 10_000,
  owner: () => '',
};

/** The options of an app with every default in its place; `undefined` for no delivery. Throws on wrong ones. */
export function resolveServerDelivery(
  options: boolean | ServerDeliveryOptions | undefined,
): ResolvedServerDelivery | undefined {
  if (options === undefined || options === false) return undefined;
  const resolved = fillOptions(options === true ? {} : options, defaults, 'delivery') as ResolvedServerDelivery;
  checkWindow(resolved.window);
  const { store } = resolved;
  if (store && typeof store.open !== 'function') failOn('invalid-option', 'delivery.store', 'a store of sessions');
  return resolved;
}
