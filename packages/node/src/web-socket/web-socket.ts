import type { CloseOutcome, Message } from '@holdfast/core/adapter';
import { Channel } from './channel.ts';
import { checkCloseArguments } from './close-arguments.ts';
import { type CloseDetails, RuntimeCloseEvent } from './close-event.ts';
import { type ErrorDetails, RuntimeErrorEvent } from './error-event.ts';
import { EventHandlers } from './event-handlers.ts';
import { resolveWebSocketOptions, type WebSocketOptions } from './options.ts';
import { toOutgoingData } from './outgoing-data.ts';
import type { PlatformBlob, PlatformEvent, PlatformMessageEvent } from './platform-types.ts';
import { toSubProtocols } from './sub-protocols.ts';
import { TypedEventTarget } from './typed-event-target.ts';
import { defineInterface, requireArguments, toDomString } from './web-idl.ts';
import { parseWebSocketUrl } from './web-socket-url.ts';

/** The events of a WebSocket; `error` also says what happened. */
export interface WebSocketEventMap {
  readonly open: PlatformEvent;
  readonly message: PlatformMessageEvent;
  readonly error: PlatformEvent & Partial<ErrorDetails>;
  readonly close: PlatformEvent & CloseDetails;
}

/** What only has the same members will do for `this`, so that our class is also of the type that browsers have. */
type Handler<Type extends keyof WebSocketEventMap> =
  | ((this: Pick<WebSocket, keyof WebSocket>, event: WebSocketEventMap[Type]) => unknown)
  | null;

type BinaryType = 'blob' | 'arraybuffer';

const states = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/**
 * The `WebSocket` of browsers (WHATWG WebSockets), over a socket of our own: one connection, which does not come back. A
 * third argument has the options that only Node knows. Throws as the standard says, and a HoldfastError on a wrong option.
 */
export class WebSocket extends TypedEventTarget<WebSocketEventMap> {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSING: 2;
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;

  readonly #url: string;
  readonly #origin: string;
  readonly #channel: Channel;
  readonly #handlers = new EventHandlers(this);
  #readyState: 0 | 1 | 2 | 3 = states.CONNECTING;
  #protocol = '';
  #extensions = '';
  #binaryType: BinaryType = 'blob';

  constructor(
    url: string | { readonly href: string },
    protocols: string | Iterable<string> = [],
    options: WebSocketOptions = {},
  ) {
    requireArguments('new WebSocket', arguments.length, 1);
    super();
    const { href, origin } = parseWebSocketUrl(url);
    this.#url = href;
    this.#origin = origin;
    const target = {
      url: href,
      protocols: toSubProtocols(protocols),
      options: resolveWebSocketOptions(options),
    };
    this.#channel = new Channel(target, {
      onOpen: (protocol, extensions) => this.#onOpen(protocol, extensions),
      onMessage: (data) => this.#onMessage(data),
      onEnd: (outcome, hasFailed) => this.#onEnd(outcome, hasFailed),
    });
  }

  get url(): string {
    return this.#url;
  }

  get readyState(): 0 | 1 | 2 | 3 {
    return this.#readyState === states.OPEN && this.#channel.isPeerClosing ? states.CLOSING : this.#readyState;
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  /** The extensions that were agreed, as the server named them, or ''. */
  get extensions(): string {
    return this.#extensions;
  }

  /** The sub-protocol that was agreed, or ''. */
  get protocol(): string {
    return this.#protocol;
  }

  get binaryType(): BinaryType {
    return this.#binaryType;
  }

  set binaryType(value: BinaryType) {
    const given = toDomString(value);
    // Web IDL: what is not in an enumeration is passed over.
    if (given === 'blob' || given === 'arraybuffer') this.#binaryType = given;
  }

  get onopen(): Handler<'open'> {
    return this.#handlers.get('open') as Handler<'open'>;
  }

  set onopen(handler: Handler<'open'>) {
    this.#handlers.set('open', handler);
  }

  get onmessage(): Handler<'message'> {
    return this.#handlers.get('message') as Handler<'message'>;
  }

  set onmessage(handler: Handler<'message'>) {
    this.#handlers.set('message', handler);
  }

  get onerror(): Handler<'error'> {
    return this.#handlers.get('error') as Handler<'error'>;
  }

  set onerror(handler: Handler<'error'>) {
    this.#handlers.set('error', handler);
  }

  get onclose(): Handler<'close'> {
    return this.#handlers.get('close') as Handler<'close'>;
  }

  set onclose(handler: Handler<'close'>) {
    this.#handlers.set('close', handler);
  }

  /** Sends text or bytes, in order. Once the connection is closing, what is sent only counts as `bufferedAmount`. */
  send(data: string | ArrayBuffer | ArrayBufferView | PlatformBlob): void {
    const channel = this.#channel;
    requireArguments('send', arguments.length, 1);
    const outgoing = toOutgoingData(data);
    if (this.#readyState === states.CONNECTING) {
      throw new DOMException('send: the WebSocket is still CONNECTING', 'InvalidStateError');
    }
    channel.send(outgoing);
  }

  /** Closes with 1000 or 3000 to 4999, or with no code, once all that was sent is handed to the network. */
  close(...given: [code?: number | undefined, reason?: string | undefined]): void {
    const channel = this.#channel;
    const { code = 1005, reason = '' } = checkCloseArguments(...given);
    if (this.#readyState >= states.CLOSING) return;
    this.#readyState = states.CLOSING;
    // Without a code there is no body, and so no place for a reason.
    channel.close({ code, reason: code === 1005 ? '' : reason });
  }

  #onOpen(protocol: string, extensions: string): void {
    // Closed in the meantime.
    if (this.#readyState !== states.CONNECTING) return;
    this.#readyState = states.OPEN;
    this.#extensions = extensions;
    this.#protocol = protocol;
    this.dispatchEvent(new Event('open'));
  }

  #onMessage(message: Message): void {
    if (this.#readyState !== states.OPEN) return;
    const data = typeof message === 'string' ? message : this.#toBinary(message as Uint8Array<ArrayBuffer>);
    this.dispatchEvent(new MessageEvent('message', { data, origin: this.#origin }));
  }

  #toBinary(bytes: Uint8Array<ArrayBuffer>): Blob | ArrayBuffer {
    if (this.#binaryType === 'blob') return new Blob([bytes]);
    const isWhole = bytes.byteLength === bytes.buffer.byteLength;
    return isWhole ? bytes.buffer : new Uint8Array(bytes).buffer;
  }

  #onEnd({ code, reason, wasClean, error }: CloseOutcome, hasFailed: boolean): void {
    this.#readyState = states.CLOSED;
    if (hasFailed) this.dispatchEvent(new RuntimeErrorEvent('error', { error, message: error?.message ?? '' }));
    this.dispatchEvent(new RuntimeCloseEvent('close', { wasClean, code, reason }));
  }
}

defineInterface(WebSocket, states);
