import { onAbort } from '../abort-signal.ts';
import { abnormal, type CloseOutcome, checkAppClose } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent, Uncertain } from '../events/client-event.ts';
import { createEmitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { createHeartbeat } from './heartbeat.ts';
import { iterateMessages } from './iterate-messages.ts';
import type { Connector, Link } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { createOutbox } from './outbox.ts';
import type { DisconnectCause } from './retry-policy.ts';
import { advance, type SessionInput } from './session.ts';

/** What a platform brings to a client. */
export interface Platform {
  readonly clock: Clock;
  /** A number in [0, 1), for the spread of delays. */
  readonly random: () => number;
  readonly connector: Connector;
  /** Whether its links can ping. */
  readonly canPing?: boolean;
  /** Whether messages are left unread on purpose, so that silence says nothing. */
  readonly isPaused?: () => boolean;
  /** What relative URLs go by. */
  readonly baseUrl?: string | undefined;
}

/** Where to dial: a URL, or a function that is asked at each dial. */
export type UrlSource = MaybeAsync<string | { readonly href: string }>;

/** A client, and what its platform may tell it. */
export interface SessionClient<In, Out> extends Client<In, Out> {
  /** The platform came back to life (a page is shown, the network is there): dial now, or ask whether the line lives. */
  wake(): void;
}

/** How often the transport, where it does not tell, is asked whether its buffer went down, in ms. */
const drainPollMs = 20;

/**
 * The client over any platform: it carries out what `advance` decides, and passes messages by the short way. Throws
 * `invalid-url` at once where the URL is known. The first dial begins after the caller's turn.
 */
export function createClient<In = Message, Out extends Outgoing = Outgoing>(
  source: UrlSource,
  options: ResolvedOptions<In, Out>,
  { clock, random, connector, canPing, isPaused, baseUrl }: Platform,
): SessionClient<In, Out> {
  type Events = ClientEvent<In, Out>;

  if (typeof source !== 'function') resolveUrl(source, baseUrl);
  const { signal, heartbeat: times } = options;
  const probe = times && times.probe;
  const canAsk = canPing || probe;
  const events: Events[] = [];
  let cancelTimer: (() => void) | undefined;
  let cancelPoll: (() => void) | undefined;
  /** Lets go of the current dial, or of its link. */
  let drop: (() => void) | undefined;
  let link: Link | undefined;
  /** What the peer may not have read, and how much of it stands before the last question. */
  let uncertain = none;
  let asked = none;
  /** `bufferedBytes` has been at the mark, and `drain` is due. */
  let isFull = false;
  /** The last event, once it was told. */
  let closed: ClosedEvent | undefined;

  /** Tells an event, after those that are being told: a listener may cause further ones. */
  const emit = (event: Events) => {
    if (events.push(event) > 1) return;
    for (let next = events[0]; next; next = events[0]) {
      if (!closed) tell(next);
      if (next.type === 'closed') closed = next;
      events.shift();
    }
  };
  /** Calls a function of the app: what it throws, or rejects with, is told and harms nothing. */
  const guard = <T>(who: string, call: () => T): T | undefined => {
    const fail = (cause: unknown) => {
      // A listener for errors that fails itself has nobody left to tell.
      if (who !== 'error') emit({ type: 'error', error: new HoldfastError('listener-threw', who, { cause }) });
    };
    try {
      const answer = call();
      (answer as Promise<unknown> | undefined)?.catch?.(fail);
      return answer;
    } catch (thrown) {
      fail(thrown);
      return undefined;
    }
  };
  const { on, emit: tell } = createEmitter<Events>(guard);
  const outbox = createOutbox<Out>(options.outbox, (message, cause) => emit({ type: 'dropped', message, cause }));
  const heartbeat = createHeartbeat(
    clock,
    canAsk ? times : false,
    () => {
      asked = uncertain;
      if (probe) guard('probe', () => handOver(ask(probe.message) as Out));
      else link?.ping?.();
      // The question itself is no message of the app's.
      uncertain = asked;
    },
    (rttMs) => {
      client.latencyMs = rttMs;
      uncertain = minus(uncertain, asked);
      emit({ type: 'latency', rttMs });
    },
    (limitMs) => {
      // Who does not read hears nothing either.
      if (isPaused?.()) heartbeat.start();
      else step('ended', abnormal(new HoldfastError('heartbeat-timeout', `${limitMs} ms`)));
    },
  );

  /** `false` where no link takes it now. */
  const handOver = (message: Out) => {
    if (client.state.name !== 'open' || link?.readyState !== 1) return false;
    const before = link.bufferedAmount;
    link.send(message);
    uncertain = { messages: uncertain.messages + 1, bytes: uncertain.bytes + link.bufferedAmount - before };
    return true;
  };
  /** Follows `bufferedBytes` over the mark and back. */
  const checkFullness = () => {
    const wasFull = isFull;
    isFull = client.bufferedBytes >= options.highWaterMark;
    cancelPoll?.();
    if (isFull) cancelPoll = clock.after(drainPollMs, checkFullness);
    else if (wasFull) emit({ type: 'drain' });
  };
  /** The next event of a type; rejects on the other type, and when the signal is aborted. */
  const wait = <K extends Events['type']>(
    type: K,
    listenSignal?: ListenOptions['signal'],
    failType: 'closed' | 'disconnected' = 'closed',
  ) => {
    let offs: (() => void)[];
    return new Promise<ClientEventMap<In, Out>[K]>((resolve, reject) => {
      offs = [
        on(type, resolve),
        on(failType, (event) => reject(closedError(event))),
        onAbort(listenSignal, () => reject(listenSignal?.reason)),
      ];
      // Who comes after the end is told at once.
      if (closed) reject(closedError(closed));
    }).finally(() => {
      for (const off of offs) off();
    });
  };

  const { reconnect } = options;
  const policy = {
    ...options,
    // Where the app's word fails, there is no going on.
    reconnect: reconnect && {
      ...reconnect,
      shouldReconnect: (cause: DisconnectCause) =>
        guard('shouldReconnect', () => reconnect.shouldReconnect(cause)) ?? false,
    },
  };
  const step = (...input: SessionInput): void => {
    const next = advance(client.state, input, policy, random());
    if (!next) return;
    const [state, timerMs, lost] = next;
    const { name, ...data } = state;
    const isEntered = name !== client.state.name;
    client.state = state;
    cancelTimer?.();
    cancelTimer = timerMs === undefined ? timerMs : clock.after(timerMs, () => step('timeout'));
    if (!isEntered) return;
    if (state.name === 'closing') {
      link?.close(state.code, state.reason);
      return;
    }
    if (name === 'open') {
      heartbeat.start();
      outbox.flush(handOver);
    } else {
      drop?.();
      link = drop = undefined;
      heartbeat.stop();
      if (lost) emit({ type: 'disconnected', ...lost, willReconnect: name !== 'closed', uncertain });
      uncertain = asked = none;
    }
    checkFullness();
    if (name === 'closed') outbox.clear();
    if (state.name === 'connecting') void dial(state.attempt);
    else emit({ type: name, ...data } as Events);
  };

  const dial = async (attempt: number) => {
    let isOver = false;
    let abandon: (() => void) | undefined;
    drop = () => {
      isOver = true;
      abandon?.();
    };
    try {
      const url = resolveUrl(await ask(source), baseUrl);
      const protocols = checkProtocols(await ask(options.protocols));
      if (isOver) return;
      client.url = url;
      emit({ type: 'connecting', attempt, url });
      if (isOver) return;
      abandon = connector(
        { url, protocols },
        {
          onOpen(opened) {
            if (isOver) return;
            link = opened;
            step('opened', { url, protocol: link.protocol, resumed: false });
          },
          onMessage(data) {
            if (isOver) return;
            heartbeat.heard();
            if (probe && guard('probe', () => probe.isReply(data as In))) heartbeat.answered();
            else emit({ type: 'message', data: data as In });
          },
          onHeard: heartbeat.heard,
          onPong: heartbeat.answered,
          onDrain: checkFullness,
          onEnd(outcome) {
            if (!isOver) step('ended', outcome);
          },
        },
      );
    } catch (cause) {
      if (isOver) return;
      // What the app gave wrongly, the next dial would be given again.
      if (cause instanceof HoldfastError) step('failed', abnormal(cause));
      else step('ended', abnormal(new HoldfastError('dial-failed', '', { cause })));
    }
  };

  const client: Mutable<SessionClient<In, Out>> = {
    url: '',
    state: { name: 'waiting', attempt: 1, delayMs: 0 },
    latencyMs: undefined,
    get protocol() {
      return link ? link.protocol : '';
    },
    get bufferedBytes() {
      return outbox.bytes + (link ? link.bufferedAmount : 0);
    },
    on,
    once: (type, { signal: listenSignal } = {}) => wait(type, listenSignal),
    send(message) {
      checkOutgoing(message);
      if (client.state.name.startsWith('clos')) throw closedError();
      // What waits goes first.
      const isSent = outbox.flush(handOver) && handOver(message);
      if (!isSent) outbox.push(message);
      checkFullness();
      return isSent ? 'sent' : 'queued';
    },
    async drained() {
      if (isFull || closed) await wait('drain');
    },
    async ping() {
      if (!canAsk) throw new HoldfastError('ping-unsupported');
      if (!link) throw new HoldfastError('connection-lost');
      const answered = wait('latency', undefined, 'disconnected');
      heartbeat.probe();
      return (await answered).rttMs;
    },
    reconnect: () => step('dial'),
    wake() {
      if (!link) step('dial');
      else if (canAsk) heartbeat.probe();
    },
    close(code = 1000, reason = '') {
      checkAppClose(code, reason);
      const done = closed ? Promise.resolve(closed) : wait('closed');
      step('close', { code, reason });
      return done;
    },
    [Symbol.asyncIterator]: () => iterateMessages<In>(client),
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };

  step('dial');
  // Not at once: who calls has yet to listen.
  void Promise.resolve().then(() =>
    on(
      'closed',
      onAbort(signal, () => step('failed', abnormal(new HoldfastError('aborted', '', { cause: signal?.reason })))),
    ),
  );
  return client;
}

const none: Uncertain = { messages: 0, bytes: 0 };

function minus(a: Uncertain, b: Uncertain): Uncertain {
  return { messages: a.messages - b.messages, bytes: a.bytes - b.bytes };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function ask<T>(source: T | (() => T | Promise<T>)): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}

function closedError({ error: cause }: Partial<CloseOutcome> = {}): HoldfastError {
  return new HoldfastError('client-closed', '', { cause });
}
