import type { HostType } from '../host-type.ts';

/** An event. */
export type PlatformEvent = HostType<'Event', { readonly type: string; readonly target: unknown }>;

/** Bytes that are read later. */
export type PlatformBlob = HostType<'Blob', { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }>;

/** An event with a message. */
export type PlatformMessageEvent = HostType<
  'MessageEvent',
  PlatformEvent & { readonly data: string | PlatformBlob | ArrayBuffer; readonly origin: string }
>;

/** What listens. */
type PlatformListener = ((event: PlatformEvent) => unknown) | { handleEvent(event: PlatformEvent): unknown };

/** A target of events. */
export type PlatformEventTarget = HostType<
  'EventTarget',
  {
    addEventListener(type: string, listener: PlatformListener, options?: boolean | { readonly once?: boolean }): void;
    removeEventListener(type: string, listener: PlatformListener, options?: boolean): void;
    dispatchEvent(event: PlatformEvent): boolean;
  }
>;
