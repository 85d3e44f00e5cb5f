import { fillOptions } from '../session/fill-options.ts';
import { failOn } from '../errors.ts';
import type { WindowLimits } from './resend-window.ts';
import type { DeliveryStore } from './store.ts';

/** How messages are delivered. */
export interface DeliveryOptions {
  /** Keeps the session when the page or the process is gone. Default: it lives as long as the client. */
  readonly store?: DeliveryStore | undefined;
  /**
   * How much may be on its way without an acknowledgement; more waits in the outbox. Default: 4,096 messages, 4 MiB.
   */
  readonly window?: Partial<WindowLimits>;
  /** How long an acknowledgement may wait for further messages that it can acknowledge too, in ms. Default 1. */
  readonly ackDelayMs?: number;
}

/** The same with every default in its place. */
export interface ResolvedDeliveryOptions {
  readonly store: DeliveryStore | undefined;
  readonly window: WindowLimits;
  readonly ackDelayMs: number;
}

/** How much may be on its way, and how long an acknowledgement may wait, where nothing else is said. */
export const deliveryDefaults: Omit<ResolvedDeliveryOptions, 'store'> = {
  window: { maxMessages: 4_096, maxBytes: 2 ** 22 },
  ackDelayMs: 1,
};

/** Checks the options of an app and fills in the defaults. Throws `unknown-option` or `invalid-option`. */
export function resolveDeliveryOptions(options: DeliveryOptions): ResolvedDeliveryOptions {
  const resolved = fillOptions(
    options,
    { ...deliveryDefaults, store: undefined },
    'delivery',
  ) as ResolvedDeliveryOptions;
  checkWindow(resolved.window);
  const { store } = resolved;
  if (store && typeof store.open !== 'function') failOn('invalid-option', 'delivery.store', 'a store');
  return resolved;
}

/** Throws `invalid-option` for a window that lets no message pass. */
export function checkWindow({ maxMessages, maxBytes }: Partial<WindowLimits>): void {
  if (!maxMessages || !maxBytes || maxMessages < 1 || maxBytes < 1) {
    failOn('invalid-option', `delivery.window ${maxMessages} messages, ${maxBytes} bytes`, 'at least 1 of each');
  }
}
