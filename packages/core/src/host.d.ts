// The host's globals that core may use: in every browser and server runtime, and neither timers, I/O, clocks nor
// randomness. All else comes through a port. The house check holds this list.

interface TextEncoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, target: Uint8Array): { readonly read: number; readonly written: number };
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare var TextDecoder: {
  new (label: 'utf-8', options: { readonly fatal: boolean; readonly ignoreBOM: boolean }): TextDecoder;
};

interface URL {
  readonly href: string;
  protocol: string;
  hash: string;
  search: string;
  username: string;
  password: string;
}
declare var URL: { new (url: string, base?: string): URL };

interface AbortSignal {
  readonly aborted: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- as every platform has it
  readonly reason: any;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare var AbortController: { new (): AbortController };

interface SymbolConstructor {
  readonly asyncDispose: unique symbol;
}

interface ReadableStream<R = unknown> {
  cancel(reason?: R): Promise<void>;
}
declare var ReadableStream: {
  new <R>(
    source: {
      pull(controller: { enqueue(chunk: R): void; close(): void }): Promise<void>;
      cancel(): Promise<void>;
    },
    strategy: { readonly highWaterMark: number },
  ): ReadableStream<R>;
};

interface WritableStream<W = unknown> {
  abort(reason?: W): Promise<void>;
}
declare var WritableStream: {
  new <W>(sink: { write(chunk: W): Promise<void>; close(): Promise<void>; abort(): Promise<void> }): WritableStream<W>;
};
