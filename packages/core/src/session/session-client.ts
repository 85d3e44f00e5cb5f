import { onAbort } from '../abort-signal.ts';
import { abnormal, checkAppClose, lost } from '../close-code.ts';
import { type Clock, createTimer } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent, DropCause } from '../events/client-event.ts';
import { createEmitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { createHeartbeat } from './heartbeat.ts';
import { iterateMessages } from './iterate-messages.ts';
import type { Connector, Link } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { createOutbox } from './outbox.ts';
import { advance, type ClientState, type SessionInput } from './session.ts';

/** What a platform brings to all of its clients. */
export interface Platform extends Clock {
  /** A number in [0, 1), for the spread of delays. */
  readonly random: () => number;
  /** Whether its links can ping. */
  readonly canPing?: boolean;
  /** Whether messages are left unread on purpose, so that silence says nothing. */
  readonly isPaused?: () => boolean;
}

/** Where to dial: a URL, or a function that is asked at each dial. */
export type UrlSource = MaybeAsync<string | { readonly href: string }>;

/** A client, and what its platform may tell it. */
export interface SessionClient<In, Out> extends Client<In, Out> {
  /** The platform came back to life (a page is shown, the network is there): dial now, or ask whether the line lives. */
  wake(): void;
}

/** Where no link is open. */
const noLink = { protocol: '', bufferedAmount: 0 } as Link;

/**
 * The client over any platform, with relative URLs by `baseUrl`: it carries out what `advance` decides, and passes messages by the short way. Throws
 * `invalid-url`, `invalid-protocol` or `invalid-option` at once. The first dial begins after the caller's turn.
 */
export function createClient<In = Message, Out extends Outgoing = Outgoing>(
  source: UrlSource,
  options: ResolvedOptions<In, Out>,
  connector: Connector,
  platform: Platform,
  baseUrl?: string,
): SessionClient<In, Out> {
  type Events = ClientEvent<In, Out>;

  const { protocols } = options;
  if (typeof source !== 'function') resolveUrl(source, baseUrl);
  if (typeof protocols !== 'function') checkProtocols(protocols);
  const { probe } = options.heartbeat;
  const canAsk = Boolean(platform.canPing || probe);
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

  const giveUp = (cause: DropCause) => (message: Out) => {
    emit({ type: 'dropped', message, cause });
    return true;
  };
  const [enqueue, flush, queuedBytes] = createOutbox<Out>(options.outbox, giveUp('queue-full'));
  const [beat, askNow, heard, answered] = createHeartbeat(
    platform,
    options.heartbeat,
    () => {
      messagesAsked = messages;
      bytesAsked = bytes;
      if (probe) guard('probe', () => link.send(ask(probe.message) as Out));
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

  /** `false` where no link takes it now. */
  const handOver = (message: Out) => {
    if (link.readyState !== 1) return false;
    bytes -= link.bufferedAmount;
    link.send(message);
    bytes += link.bufferedAmount;
    messages++;
    return true;
  };
  /** Follows `bufferedBytes` over the mark and back. */
  const checkFullness = () => {
    const wasFull = isFull;
    isFull = client.bufferedBytes >= options.highWaterMark;
    // In ms, for a transport that does not tell that its buffer went down.
    if (isFull) setPoll(20, checkFullness);
    else if (wasFull) emit({ type: 'drain' });
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
    const next = advance(state, input, options, platform.random(), guard);
    if (!next) return;
    const before = state.name;
    const [entered, timerMs, outcome] = next;
    const { name, ...data } = entered;
    const event = { type: name, ...data } as Events;
    state = entered;
    setTimer(timerMs, () => step('timeout'));
    if (name === before) return;
    beat(canAsk && name === 'open');
    if (entered.name === 'closing') return link.close(entered.code, entered.reason);
    if (name === 'open') flush(handOver);
    else {
      abandon?.();
      link = noLink;
      // Before anything is told: a listener may end the dial again.
      if (name === 'connecting') void dial();
      if (outcome) {
        emit({ type: 'disconnected', ...outcome, willReconnect: name !== 'closed', uncertain: { messages, bytes } });
      }
      messages = bytes = 0;
    }
    if (name === 'closed') {
      setPoll();
      flush(giveUp('closed'));
      closed = event as ClosedEvent;
    } else checkFullness();
    if (name !== 'connecting') emit(event);
  };

  const dial = async () => {
    let isOver = false;
    let drop: (() => void) | undefined;
    abandon = () => {
      isOver = true;
      drop?.();
    };
    /** What a dial or a link that was let go still tells counts no more. */
    const unlessOver = (hear: () => void) => () => {
      if (!isOver) hear();
    };
    try {
      // Not at once: who calls has yet to listen.
      await Promise.resolve();
      const url = resolveUrl(await ask(source), baseUrl);
      const offered = checkProtocols(await ask(protocols));
      if (isOver) return;
      client.url = url;
      emit({ type: 'connecting', attempt: (state as { attempt: number }).attempt, url });
      if (isOver) return;
      drop = connector(url, offered, {
        onOpen(opened) {
          if (isOver) return;
          link = opened;
          step('opened', { url, protocol: link.protocol, resumed: false });
        },
        onMessage(data) {
          if (isOver) return;
          heard();
          if (probe && guard('probe', () => probe.isReply(data as In))) answered();
          else emit({ type: 'message', data: data as In });
        },
        onHeard: unlessOver(heard),
        onPong: unlessOver(answered),
        onDrain: unlessOver(checkFullness),
        onEnd(outcome) {
          if (!isOver) step('ended', outcome);
        },
      });
    } catch (cause) {
      if (isOver) return;
      // What the app gave wrongly, the next dial would be given again.
      if (cause instanceof HoldfastError) step('failed', abnormal(cause));
      else step('ended', lost('dial-failed', '', cause));
    }
  };

  const client: Mutable<SessionClient<In, Out>> = {
    url: '',
    latencyMs: undefined,
    get state() {
      return state;
    },
    get protocol() {
      return link.protocol;
    },
    get bufferedBytes() {
      return queuedBytes() + link.bufferedAmount;
    },
    on,
    once: wait,
    send(message) {
      checkOutgoing(message);
      if (/clos/.test(state.name)) throw new HoldfastError('client-closed');
      // What waits goes first.
      const isSent = flush(handOver) && handOver(message);
      if (!isSent) enqueue(message);
      checkFullness();
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
      if (state.name !== 'open') step('dial');
      else if (canAsk) askNow();
    },
    close(code = 1000, reason = '') {
      checkAppClose(code, reason);
      const done = wait('closed');
      step('close', { code, reason });
      return done;
    },
    [Symbol.asyncIterator]: () => iterateMessages(on, closed),
    [Symbol.asyncDispose]: () => client.close() as Promise<unknown> as Promise<void>,
  };

  on(
    'closed',
    onAbort(options.signal, (cause) => step('failed', lost('aborted', '', cause))),
  );
  step('dial');
  return client;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function ask<T>(source: T | (() => T | Promise<T>)): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}
