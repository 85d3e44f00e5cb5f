import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Room } from '../../demo-server/room.ts';
import { Feed } from './feed.ts';
import { isLocalOrigin } from '../../demo-server/engines/local-origin.ts';
import { WireCounts } from './wire-counts.ts';

/** How long a long poll waits for a message; proxies give up after a minute, mostly. */
const longPollMs = 25_000;

/** The rates that there are, in messages a second. */
const feedRates = [1, 10, 100] as const;

/**
 * The same feed three ways: `/feed/poll` answers with what has come, `/feed/long-poll` waits for something to come, and the
 * room `/feed` sends each message as it comes. `/feed/counts` tells what each has cost.
 */
export class FeedServer {
  readonly #feeds = new Map<string, Feed>(feedRates.map((rate) => [String(rate), new Feed(rate)]));
  readonly #counts = new WireCounts();

  // #region ways
  /** The way by a WebSocket. */
  readonly room: Room = {
    maxMessageBytes: 1024,
    maxUnreadBytes: 2 ** 20,
    join: (peer) => {
      const feed = this.#feedOf(queryOf(peer.request.url));
      if (!feed) return void peer.close(1008, `rate is one of ${feedRates.join(', ')}`);
      peer.on(
        'closed',
        feed.listen((message) => peer.send(JSON.stringify(message))),
      );
    },
  };

  /** The other two; answers whether the request was one of them. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url?.split('?', 1)[0] ?? '';
    const query = queryOf(request.url ?? '');
    this.#counts.countRequest(request, response, path === '/feed/counts' ? undefined : readerOf(query));
    if (!path.startsWith('/feed/')) return false;
    allow(request, response);
    const feed = this.#feedOf(query);
    const after = numberOf(query.get('after'));
    if (path === '/feed/counts')
      answer(response, this.#counts.read((query.get('readers') ?? '').split(',').slice(0, 8)));
    else if (!feed) answer(response, { error: `rate is one of ${feedRates.join(', ')}` }, 400);
    else if (path === '/feed/poll') answer(response, feed.after(after));
    else if (path === '/feed/long-poll') void answerLate(response, feed, after);
    else return false;
    return true;
  }
  // #endregion ways

  /** A handshake to the room came on this socket: what travels on it is counted. */
  countConnection(request: IncomingMessage): void {
    const reader = readerOf(queryOf(request.url ?? ''));
    if (reader !== undefined) this.#counts.countConnection(request.socket, reader);
  }

  stop(): void {
    for (const feed of this.#feeds.values()) feed.stop();
  }

  #feedOf(query: URLSearchParams): Feed | undefined {
    return this.#feeds.get(query.get('rate') ?? '');
  }
}

async function answerLate(response: ServerResponse, feed: Feed, after: number | undefined): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (after !== undefined) await feed.wait(after, longPollMs, gone.signal);
  if (!gone.signal.aborted) answer(response, feed.after(after));
}

function answer(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** The site is on another port: its pages may read the answers. */
function allow(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin !== undefined && isLocalOrigin(origin)) response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
}

function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split('?', 2)[1]);
}

function readerOf(query: URLSearchParams): string | undefined {
  const reader = query.get('reader') ?? '';
  return /^[\w-]{1,64}$/.test(reader) ? reader : undefined;
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
