import { onAbort } from '../abort-signal.ts';
import { abnormal, checkAppClose } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { ClientEvent, ClientEventMap, ClosedEvent } from '../events/client-event.ts';
import { createEmitter, type ListenOptions } from '../events/emitter.ts';
import { checkOutgoing, type Message, type Outgoing } from '../message.ts';
import type { Client } from './client.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';
import { createHeartbeat } from './heartbeat.ts';
import { InFlight } from './in-flight.ts';
import { iterateMessages } from './iterate-messages.ts';
import type { Connector, Link } from './link.ts';
import type { MaybeAsync, ResolvedOptions } from './options.ts';
import { createOutbox } from './outbox.ts';
import { advance, type SessionAction, type SessionInput, type SessionStep } from './session.ts';

/** What a platform brings to a client. */
export interface Platform {
  readonly clock: Clock;
  /** A number in [0, 1), for the spread of delays. */
  readonly random: () => number;
  readonly connector: Connector;
  /** Whether its links can ping. */
  readonly canPing?: boolean;
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

/**
 * The client over any platform: it carries out what `advance` decides, and passes messages by the short way. Throws
 * `invalid-url` at once where the URL is known. The first dial begins after the caller's turn.
 */
export function createClient<In = Message, Out extends Outgoing = Outgoing>(
  source: UrlSource,
  options: ResolvedOptions<In, Out>,
  { clock, random, connector, canPing, baseUrl }: Platform,
): SessionClient<In, Out> {
  type Events = ClientEvent<In, Out>;

  if (typeof source !== 'function') resolveUrl(source, baseUrl);
  const { signal, highWaterMark } = options;
  const probe = options.heartbeat && options.heartbeat.probe;
  const canAsk = canPing || probe;
  const actions: SessionAction[] = [];
  let isPerforming = false;
  let cancelTimer: (() => void) | undefined;
  let stopWaiting: (() => void) | undefined;
  /** Lets go of the current dial or its link; another for each, so that what still comes from an old one is known. */
  let drop = () => {};
  let link: Link | undefined;
  let inFlight = new InFlight();
  let pauses = 0;
  /** `bufferedBytes` has been at the mark, and `drain` is due. */
  let isFull = false;
  /** The last event, once it was told. */
  let closed: ClosedEvent | undefined;

  const report = (who: string, cause: unknown) => {
    // A listener for errors that fails itself has nobody left to tell.
    if (who !== 'error') emit({ type: 'error', error: new HoldfastError('listener-threw', who, { cause }) });
  };
  const emitter = createEmitter<Events>(report);
  const emit = (event: Events) => closed || emitter.emit(event);
  const outbox = createOutbox<Out>(options.outbox, (message, cause) => emit({ type: 'dropped', message, cause }));
  const heartbeat = createHeartbeat(canAsk ? options.heartbeat : false, {
    clock,
    ask() {
      try {
        if (probe) handOver(ask(probe.message) as Out);
        else link?.ping?.();
      } catch (thrown) {
        report('probe', thrown);
      }
      inFlight.ask();
    },
    onLatency(rttMs) {
      client.latencyMs = rttMs;
      inFlight.prove();
      emit({ type: 'latency', rttMs });
    },
    onSilence() {
      // Who does not read hears nothing either.
      if (pauses > 0 && link?.pause) heartbeat.start();
      else end(new HoldfastError('heartbeat-timeout'));
    },
  });

  /** `false` where no link takes it now. */
  const handOver = (message: Out) => {
    const bytes = client.state.name === 'open' && link ? link.send(message) : -1;
    if (bytes >= 0) inFlight.add(bytes);
    return bytes >= 0;
  };
  /** Follows `bufferedBytes` over the mark and back. */
  const checkFullness = () => {
    const wasFull = isFull;
    isFull = client.bufferedBytes >= highWaterMark;
    if (wasFull && !isFull) emit({ type: 'drain' });
  };
  const checkNotClosing = () => {
    if (client.state.name.startsWith('clos')) throw closedError();
  };
  /** The next event of a type; rejects on the other type, and when the signal is aborted. */
  const wait = <K extends Events['type']>(
    type: K,
    listenSignal?: ListenOptions['signal'],
    failType: 'closed' | 'disconnected' = 'closed',
  ) =>
    new Promise<ClientEventMap<In, Out>[K]>((resolve, reject) => {
      const settle =
        <T>(act: (outcome: T) => void) =>
        (outcome: T) => {
          for (const off of offs) off();
          act(outcome);
        };
      const offs = [
        emitter.on(type, settle(resolve)),
        emitter.on(failType, settle(({ error }) => reject(closedError(error)))),
        onAbort(listenSignal, () => Promise.resolve().then(settle(() => reject(listenSignal?.reason)))),
      ];
      // Who comes after the end is told at once.
      if (closed) reject(closedError(closed.error));
    });

  const step = (input: SessionInput): void => {
    let next: SessionStep | undefined;
    try {
      next = advance(client.state, input, options, random(), { ...inFlight });
    } catch (cause) {
      // Only the app's shouldReconnect throws: without its word there is no going on.
      return end(new HoldfastError('listener-threw', 'shouldReconnect', { cause }), true);
    }
    if (!next) return;
    const [state, timerMs, ...more] = next;
    client.state = state;
    cancelTimer?.();
    if (timerMs !== false) cancelTimer = clock.after(timerMs, () => step({ type: 'timeout' }));
    actions.push(...more);
    // A listener may cause further steps: their actions come after those that are under way.
    if (isPerforming) return;
    isPerforming = true;
    for (let action = actions.shift(); action; action = actions.shift()) {
      if (typeof action === 'string') perform[action]();
      else emit(action);
    }
    isPerforming = false;
    if (client.state.name === 'closed') {
      closed ??= { ...client.state, type: 'closed' };
      stopWaiting?.();
    }
  };
  const end = (error: HoldfastError, isFinal?: boolean): void => step({ type: 'ended', outcome: abnormal(error), isFinal });
  const abort = () => end(new HoldfastError('aborted', '', { cause: signal?.reason }), true);

  const perform = {
    async dial() {
      let abandon: (() => void) | undefined;
      let isOver = false;
      drop = () => {
        isOver = true;
        abandon?.();
      };
      try {
        const url = resolveUrl(await ask(source), baseUrl);
        const protocols = checkProtocols(await ask(options.protocols));
        stopWaiting ??= onAbort(signal, abort);
        if (isOver || client.state.name !== 'connecting') return;
        client.url = url;
        emit({ type: 'connecting', attempt: client.state.attempt, url });
        if (isOver) return;
        abandon = connector(
          { url, protocols },
          {
            onOpen(opened) {
              link = opened;
              if (pauses > 0) link.pause?.(true);
              step({ type: 'opened', url, protocol: link.protocol });
            },
            onHeard() {
              heartbeat.heard = true;
            },
            onMessage(data) {
              if (!isOver) deliver(data as In);
            },
            onPong: heartbeat.answered,
            onDrain: checkFullness,
            onEnd: (outcome) => step({ type: 'ended', outcome }),
          },
        );
        if (isOver) abandon();
      } catch (cause) {
        // What the app gave wrongly, the next dial would be given again.
        const isMisuse = cause instanceof HoldfastError;
        if (!isOver) end(isMisuse ? cause : new HoldfastError('dial-failed', '', { cause }), isMisuse);
      }
    },
    drop() {
      drop();
      link = undefined;
      heartbeat.stop();
      inFlight = new InFlight();
      checkFullness();
    },
    flush() {
      heartbeat.start();
      outbox.flush(handOver);
      checkFullness();
    },
    close() {
      if (client.state.name === 'closing') link?.close(client.state.code, client.state.reason);
    },
    clear: outbox.clear,
  };
  const deliver = (data: In) => {
    try {
      if (probe && probe.isReply(data)) return heartbeat.answered();
    } catch (thrown) {
      report('probe', thrown);
    }
    emit({ type: 'message', data });
  };

  const client: Mutable<SessionClient<In, Out>> = {
    url: '',
    state: { name: 'waiting', attempt: 1, delayMs: 0 },
    latencyMs: undefined,
    get protocol() {
      return link ? link.protocol : '';
    },
    get bufferedBytes() {
      return outbox.bytes + (link ? link.bufferedBytes : 0);
    },
    on: emitter.on,
    once: (type, { signal: listenSignal } = {}) => wait(type, listenSignal),
    send(message) {
      checkOutgoing(message);
      checkNotClosing();
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
      if (!canAsk) throw new HoldfastError('ping-unsupported', 'needs heartbeat.probe');
      if (!link) throw new HoldfastError('connection-lost');
      const answered = wait('latency', undefined, 'disconnected');
      heartbeat.probe();
      return (await answered).rttMs;
    },
    reconnect() {
      checkNotClosing();
      step({ type: 'dial' });
    },
    wake() {
      if (!link) step({ type: 'dial' });
      else if (canAsk) heartbeat.probe();
    },
    async close(code = 1000, reason = '') {
      checkAppClose(code, reason);
      if (closed) return closed;
      const done = wait('closed');
      step({ type: 'close', code, reason });
      return done;
    },
    [Symbol.asyncIterator]: () =>
      iterateMessages<In>(
        (onMessage, onEnd) => {
          const offs = [client.on('message', ({ data }) => onMessage(data)), client.on('closed', onEnd)];
          if (closed) onEnd();
          return () => {
            for (const off of offs) off();
          };
        },
        (isPaused) => {
          pauses += isPaused ? 1 : -1;
          link?.pause?.(pauses > 0);
        },
      ),
    async [Symbol.asyncDispose]() {
      await client.close();
    },
  };

  step({ type: 'dial' });
  return client;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function ask<T>(source: T | (() => T | Promise<T>)): T | Promise<T> {
  return typeof source === 'function' ? (source as () => T | Promise<T>)() : source;
}

function closedError(cause?: HoldfastError): HoldfastError {
  return new HoldfastError('client-closed', '', { cause });
}
