/**
 * What the app's own types say of a global, those of the DOM or of Node; without either, the fallback: our declarations
 * need no type package.
 */
type Global<Name extends string, Fallback> = typeof globalThis extends {
  readonly [Key in Name]: { readonly prototype: infer Type };
}
  ? Type
  : Fallback;

/** An event. */
export type PlatformEvent = Global<'Event', { readonly type: string; readonly target: unknown }>;

/** Bytes that are read later. */
export type PlatformBlob = Global<'Blob', { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }>;

/** An event with a message. */
export type PlatformMessageEvent = Global<
  'MessageEvent',
  PlatformEvent & { readonly data: string | PlatformBlob | ArrayBuffer; readonly origin: string }
>;

/** What listens. */
type PlatformListener = ((event: PlatformEvent) => unknown) | { handleEvent(event: PlatformEvent): unknown };

/** A target of events. */
export type PlatformEventTarget = Global<
  'EventTarget',
  {
    addEventListener(type: string, listener: PlatformListener, options?: boolean | { readonly once?: boolean }): void;
    removeEventListener(type: string, listener: PlatformListener, options?: boolean): void;
    dispatchEvent(event: PlatformEvent): boolean;
  }
>;
