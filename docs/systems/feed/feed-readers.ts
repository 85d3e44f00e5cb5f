import { connect } from '@holdfast/web';
import type { FeedMessage } from './feed.ts';

/** What a way of reading needs to know. */
export interface FeedSource {
  /** The demo server, as `localhost:8787`. */
  readonly host: string;
  /** In messages a second. */
  readonly rate: number;
  /** A mark by which the server counts what it costs. */
  readonly reader: string;
  readonly onMessages: (messages: readonly FeedMessage[]) => void;
}

interface Answer {
  readonly messages: readonly FeedMessage[];
  readonly last: number;
}

/** After a failed request, so long is waited, in ms. */
const retryMs = 1000;

// #region ways
/** Asks every `intervalMs` for what has come. */
export function poll(source: FeedSource, intervalMs: number): () => void {
  return askAgainAndAgain(source, 'poll', intervalMs);
}

/** Asks, and the server answers when there is something; then asks again at once. */
export function longPoll(source: FeedSource): () => void {
  return askAgainAndAgain(source, 'long-poll', 0);
}

/** Asks once, by a handshake; then all comes by itself. */
export function listen({ host, rate, reader, onMessages }: FeedSource): () => void {
  const client = connect(`ws://${host}/feed?rate=${rate}&reader=${reader}`, {
    reconnect: { minDelayMs: retryMs, maxDelayMs: retryMs },
  });
  client.on('message', ({ data }) => onMessages([JSON.parse(String(data)) as FeedMessage]));
  return () => void client.close();
}

function askAgainAndAgain(source: FeedSource, way: string, intervalMs: number): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  void (async () => {
    let last: number | undefined;
    while (!signal.aborted) {
      const answer = await ask(source, way, last, signal);
      if (answer) source.onMessages(answer.messages);
      last = answer?.last ?? last;
      await pause(answer ? intervalMs : retryMs, signal);
    }
  })();
  return () => stop.abort();
}
// #endregion ways

/** Undefined where nobody answered. */
async function ask(
  { host, rate, reader }: FeedSource,
  way: string,
  last: number | undefined,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const after = last === undefined ? '' : `&after=${last}`;
  try {
    const response = await fetch(`http://${host}/feed/${way}?rate=${rate}&reader=${reader}${after}`, { signal });
    return response.ok ? ((await response.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
