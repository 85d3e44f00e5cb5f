import type { HoldfastError, Outgoing } from '@holdfast/core/adapter';
import { callApp, warnOf } from './faults.ts';

/** Who measures a server. What it throws becomes a warning of the process, and harms nothing else. */
export interface ServerObserver<C = unknown> {
  /** A connection is there: each that is open already, and each that opens, before the app is given it. */
  onConnection?(connection: C): unknown;
  /** A handshake was refused. */
  onRefused?(error: HoldfastError): unknown;
  /** A message arrived, with a payload of so many bytes. */
  onReceived?(bytes: number): unknown;
  /** A message was taken by `send` or `broadcast`, once for each connection, with a payload of so many bytes. */
  onSent?(bytes: number): unknown;
}

/** Those who measure a server, as its connections know them. */
export type Observers<C = unknown> = ReadonlySet<ServerObserver<C>>;

/** Where nobody measures. */
export const unobserved: Observers<never> = new Set();

/** Tells each observer of a message. */
export function tellTraffic(observers: Observers<never>, type: 'onReceived' | 'onSent', message: Outgoing): void {
  const bytes = typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength;
  tellObservers(observers, type, bytes);
}

/** Calls the method of each observer that has it. */
export function tellObservers<C, K extends keyof ServerObserver<C>>(
  observers: Observers<C>,
  type: K,
  told: Parameters<NonNullable<ServerObserver<C>[K]>>[0],
): void {
  for (const observer of observers) {
    callApp(
      () => (observer[type] as ((told: unknown) => unknown) | undefined)?.call(observer, told),
      (cause) => warnOf(type, cause),
    );
  }
}
