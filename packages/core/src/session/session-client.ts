import { onAbort } from '../abort-signal.ts';
import { abnormal, checkAppClose, lost } from '../close-code.ts';
import { createTimer } from '../clock.ts';
import { failOn, HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent, DropCause } from '../events/client-event.ts';
import { createEmitter, type Emitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { codecError, encodeBy } from './codec.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { createHeartbeat } from './heartbeat.ts';
import { fillOptions } from './fill-options.ts';
import { iterateMessages, wireLengths } from './iterate-messages.ts';
import type { Connector, Link } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { checkPolicy, createOutbox, type Outbox, type SendOptions } from './outbox.ts';
import type { Platform } from './platform.ts';
import type { DialCause } from './retry-policy.ts';
import { advance, type ClientState, type SessionInput } from './session.ts';

/** Where to dial: a URL, or a function that is asked at each dial. */
export type UrlSource = MaybeAsync<string | { readonly href: string }>;

/** A client, and what its platform may tell it. */
export interface SessionClient<In, Out> extends Client<In, Out> {
  /** The platform came back to life (a page is shown, the network is there): dial now, or ask whether the line lives. */
  wake(): void;
  /** The platform goes to rest: lets go of the link, or of the dial, until `wake`, or until its time to come back. */
  rest(): void;
}

/** What holds for a message of which nothing is said. */
export const sendDefaults: Required<SendOptions> = {
  ttlMs: Infinity,
  key: undefined,
  signal: undefined,
  receipt: undefined,
};

/** What was said of a message; with a codec also the message as the app knows it, for `dropped`. */
type SentOptions<Out> = SendOptions & { readonly message?: Out };

/** Answers what a client has buffered. */
const buffered = Symbol();

/** What is measured when it is read. All clients have it from here: with a getter of its own, each would be of another shape. */
const readings = {
  get bufferedBytes(): number {
    return (this as unknown as { [buffered](): number })[buffered]();
  },
};

/** Where no link is open. */
const noLink = { protocol: '', extensions: '', bufferedAmount: 0 } as Link;

/**
 * The client over any platform, with relative URLs by `baseUrl`: it carries out what `advance` decides, and passes messages by the short way. Throws
 * `invalid-url`, `invalid-protocol` or `invalid-option` at once. The first dial begins after the caller's turn.
 */
export function createClient<In = Message, Out = Outgoing>(
  source: UrlSource,
  options: ResolvedOptions<In, Out>,
  connector: Connector,
  platform: Platform,
  baseUrl?: string,
): SessionClient<In, Out> {
  type Events = ClientEvent<In, Out>;

  const { protocols, delivery, codec, signal } = options;
  checkPolicy(options.outbox.whenFull);
  if (delivery && !delivery.attach) failOn('invalid-option', `delivery ${delivery as unknown as string}`, 'delivery()');
  if (codec && !codec.decode) failOn('invalid-option', `codec ${codec as unknown as string}`, 'json()');
  if (typeof source !== 'function') resolveUrl(source, baseUrl);
  if (typeof protocols !== 'function') checkProtocols(protocols);
  const { probe } = options.heartbeat;
  const canAsk = Boolean(platform.canPing || delivery || probe);
  const setTimer = createTimer(platform);
  const setPoll = createTimer(platform);
  const [on, emit, guard] = createEmitter<Events>();
  let state: ClientState = { name: 'waiting', attempt: 1, delayMs: 0 };
  /** Lets go of the current dial, or of its link. */
  let abandon: (() => void) | undefined;
  let link = noLink;
  /** What the peer may not have read, and how much of it stands before the last question. */
  let messages = 0;
  let bytes = 0;
  let messagesAsked: number;
  let bytesAsked: number;
  /** `bufferedBytes` has been at the mark, and `drain` is due. */
  let isFull = false;
  /** The last event. */
  let closed: ClosedEvent | undefined;

  let refusals = 0;
  /** Whether the app wants another dial. */
  const isWanted = (cause: DialCause) => {
    refusals = /40[13]/.test(`${cause.error?.status}`) ? refusals + 1 : 0;
    return options.reconnect.shouldReconnect?.({
      ...cause,
      refusals,
      canRefresh: platform.canRefresh || typeof source === 'function' || typeof protocols === 'function',
    });
  };
  const encode = (message: Out) => (codec ? encodeBy(codec, message) : (message as Outgoing));
  const giveUp = (encoded: Outgoing, cause: DropCause, how: SentOptions<Out>) => {
    if (how.receipt) guard('receipt', how.receipt, cause);
    emit({ type: 'dropped', message: ('message' in how ? how.message : encoded) as Out, cause });
  };
  /** Absent until something has to wait. */
  let outbox: Outbox<Outgoing> | undefined;
  if (delivery) {
    ({ connector, outbox } = delivery.attach({
      connector,
      outbox: createOutbox<Outgoing>(options.outbox, platform, giveUp),
      platform,
      giveUp,
      emit: emit as Emitter<ClientEvent<never>>[1],
      guard,
    }));
  }
  const flush: Outbox<Outgoing>[1] = (take) => !outbox || outbox[1](take);
  const [beat, askNow, heard, answered] = createHeartbeat(
    platform,
    options.heartbeat,
    () => {
      messagesAsked = messages;
      bytesAsked = bytes;
      if (probe) guard('probe', () => link.send(encode(ask(probe.message) as Out)));
      else link.ping?.();
    },
    (rttMs) => {
      messages -= messagesAsked;
      bytes -= bytesAsked;
      client.latencyMs = rttMs;
      emit({ type: 'latency', rttMs });
    },
    (limitMs) => {
      // Who does not read hears nothing either.
      if (platform.isPaused?.()) beat(true);
      else step('ended', lost('heartbeat-timeout', `${limitMs} ms`));
    },
  );

  /** `false` where no link takes it now: what a slow peer has not read waits in the outbox, which is bounded. */
  const handOver = (message: Outgoing, how: object) => {
    if (link.readyState !== 1 || link.bufferedAmount > options.highWaterMark) return false;
    bytes -= link.bufferedAmount;
    link.send(message, how);
    bytes += link.bufferedAmount;
    messages++;
    return true;
  };
  const bufferedBytes = () => (outbox ? outbox[3]() : 0) + link.bufferedAmount;
  const use = (next: Link) => {
    link = next;
    client.protocol = next.protocol;
    client.extensions = next.extensions;
  };
  /** Follows `bufferedBytes` over the mark and back. */
  const follow = () => {
    const wasFull = isFull;
    isFull = !closed && bufferedBytes() >= options.highWaterMark;
    // In ms, for a transport that does not tell that its buffer went down.
    if (isFull) setPoll(20, drain);
    else if (wasFull) emit({ type: 'drain' });
  };
  /** Hands over what waits as the transport takes it. */
  const drain = () => {
    if (flush(handOver) && state.name === 'closing' && link.readyState === 1) link.close(state.code, state.reason);
    follow();
  };
  /** The next event of a type; rejects on the other type, and when the signal is aborted. */
  const wait = <K extends Events['type']>(
    type: K,
    listenOptions?: ListenOptions,
    failType: 'closed' | 'disconnected' = 'closed',
  ) =>
    new Promise<ClientEventMap<In, Out>[K]>((resolve, reject) => {
      const settle = (event: Events) =>
        event.type === type
          ? resolve(event as ClientEventMap<In, Out>[K])
          : reject(lost('client-closed', '', (event as ClosedEvent).error).error);
      if (closed) settle(closed);
      else on<Events['type']>([type, failType], settle, { ...listenOptions, once: true }, reject);
    });

  const step = (...input: SessionInput): void => {
    // Where the app's word fails, there is no going on.
    const next = advance(state, input, options, platform.random(), platform.now(), guard, isWanted);
    if (!next) return;
    const before = state.name;
    const [entered, timerMs, outcome] = next;
    const { name, ...data } = entered;
    const event = { type: name, ...data } as Events;
    client.state = state = entered;
    setTimer(timerMs, () => {
      if (name !== 'waiting' || !platform.isOffline?.()) step('timeout');
    });
    if (name === before) return;
    beat(canAsk && name === 'open');
    // What waits goes first, to a link that is being dialed too.
    if (name === 'closing') return drain();
    if (name !== 'open') {
      const uncertain = link.uncertain ?? { messages, bytes };
      abandon?.();
      use(noLink);
      // Before anything is told: a listener may end the dial again.
      if (name === 'connecting') void dial();
      messages = bytes = 0;
      if (outcome) emit({ type: 'disconnected', ...outcome, willReconnect: name !== 'closed', uncertain });
    }
    if (name === 'closed') {
      setPoll();
      outbox?.[2]('closed');
      closed = event as ClosedEvent;
    } else drain();
    if (name !== 'connecting') emit(event);
  };

  const dial = async () => {
    const { attempt } = state as { attempt: number };
    /** What a dial or a link that was let go still tells counts no more. */
    let isOver = false;
    let drop: (() => void) | undefined;
    abandon = () => {
      isOver = true;
      drop?.();
    };
    try {
      // Not at once: who calls has yet to listen.
      await Promise.resolve();
      const url = resolveUrl(await ask(source), baseUrl);
      const offered = checkProtocols(await ask(protocols));
      if (isOver) return;
      step('asked', url);
      client.url = url;
      emit({ type: 'connecting', attempt, url });
      if (isOver) return;
      drop = connector(url, offered, {
        onOpen(opened) {
          if (isOver) return;
          use(opened);
          step('opened', { url, protocol: link.protocol, resumed: Boolean(link.resumed) });
          // A client that is closing has waited for this.
          drain();
        },
        onMessage(data) {
          if (isOver) return;
          heard();
          const event: { type: 'message'; data: In } = { type: 'message', data: data as In };
          try {
            if (codec) {
              event.data = codec.decode(data);
              wireLengths.set(event, data.length);
            }
          } catch (cause) {
            const error = codecError('decode-failed', cause);
            emit({ type: 'error', error });
            // A page may close with nothing that stands below 3000.
            if (error.closeCode) void client.close(4007, error.code);
            return;
          }
          if (probe && guard('probe', () => probe.isReply(event.data))) answered();
          else emit(event);
        },
        onHeard() {
          if (!isOver) heard();
        },
        onPong() {
          if (!isOver) answered();
        },
        onDrain() {
          if (!isOver) drain();
        },
        onEnd(outcome) {
          if (isOver) return;
          // Dialed only for what waits, there is no link that could have been cut.
          if (state.name !== 'closing' || link !== noLink) step('ended', outcome);
          else step('ended', { code: state.code, reason: state.reason, wasClean: true });
        },
      });
    } catch (cause) {
      if (isOver) return;
      // What the app gave wrongly, the next dial would be given again.
      if (cause instanceof HoldfastError) step('failed', abnormal(cause));
      else step('ended', lost('dial-failed', '', cause));
    }
  };

  const client = {
    url: '',
    latencyMs: undefined,
    delivery: !!delivery,
    state,
    protocol: '',
    extensions: '',
    [buffered]: bufferedBytes,
    on,
    once: wait,
    send(message: Out, sendOptions?: SendOptions) {
      const encoded = encode(message);
      checkOutgoing(encoded);
      let how = fillOptions(sendOptions, platform.sendDefaults ?? sendDefaults) as SendOptions;
      if (codec) how = { ...how, message } as SentOptions<Out>;
      // Of all names, only these two: a look at a letter costs less than any other question.
      if (state.name[1] === 'l') throw new HoldfastError('client-closed');
      if (how.receipt && !delivery) failOn('invalid-option', 'receipt', 'with delivery');
      // What waits goes first.
      const isSent = !how.signal?.aborted && flush(handOver) && handOver(encoded, how);
      if (how.signal?.aborted) giveUp(encoded, 'aborted', how);
      else if (!isSent) (outbox ??= createOutbox<Outgoing>(options.outbox, platform, giveUp))[0](encoded, how);
      if (isSent) follow();
      else drain();
      return isSent ? 'sent' : 'queued';
    },
    async drained() {
      if (isFull || closed) await wait('drain');
    },
    async ping() {
      if (!canAsk || state.name !== 'open') throw new HoldfastError(canAsk ? 'connection-lost' : 'ping-unsupported');
      const latency = wait('latency', {}, 'disconnected');
      askNow();
      return (await latency).rttMs;
    },
    reconnect: () => step('dial'),
    wake() {
      const { intervalMs, wakeTimeoutMs } = options.heartbeat;
      if (state.name !== 'open') step('dial');
      else if (canAsk && intervalMs) askNow(wakeTimeoutMs);
    },
    rest: () => step('ended', lost('at-rest')),
    close(code = 1000, reason = '') {
      checkAppClose(code, reason);
      const done = wait('closed');
      step('close', { code, reason, isWaiting: !flush(() => false) });
      return done;
    },
    [Symbol.asyncIterator]: () => iterateMessages(on, closed, options.maxUnreadBytes),
    [Symbol.asyncDispose]: () => client.close() as Promise<unknown> as Promise<void>,
    // Last: where it is first, each object is of a shape of its own.
    __proto__: readings,
  } as unknown as Mutable<SessionClient<In, Out>>;

  if (signal) {
    on(
      'closed',
      onAbort(signal, (cause) => step('failed', lost('aborted', '', cause))),
    );
  }
  step('dial');
  return client;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function ask<T>(source: T | (() => T | Promise<T>)): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}
