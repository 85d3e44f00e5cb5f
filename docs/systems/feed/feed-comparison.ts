import { reactive } from 'vue';
import type { Point } from '../parts/points.ts';
import type { FeedMessage } from './feed.ts';
import { type FeedSource, listen, longPoll, poll } from './feed-readers.ts';
import type { WireCount } from './wire-counts.ts';

/** The three ways, as the page names them. */
export const ways = ['Polling', 'Long polling', 'WebSocket'] as const;
export type Way = (typeof ways)[number];

/** What the page shows of one way. */
export interface WayView {
  messages: number;
  requests: number;
  /** Both directions, with heads and frames. */
  bytes: number;
  /** From when a message was made to when the page had it, in ms. */
  lastDelayMs: number | undefined;
  readonly delays: Point[];
  readonly bytesPerSecond: Point[];
  readonly requestsPerSecond: Point[];
}

/** The time that the charts show, in ms. */
export const shownMs = 30_000;

const countIntervalMs = 1000;

/** One run of all three ways at one rate. */
export class FeedComparison {
  readonly views: Readonly<Record<Way, WayView>> = reactive({
    Polling: emptyView(),
    'Long polling': emptyView(),
    WebSocket: emptyView(),
  });
  readonly #host: string;
  readonly #readers: Readonly<Record<Way, string>>;
  readonly #stops: (() => void)[];

  constructor(host: string, rate: number, pollIntervalMs: number) {
    this.#host = host;
    const run = crypto.getRandomValues(new Uint32Array(2)).join('-');
    this.#readers = { Polling: `${run}-p`, 'Long polling': `${run}-l`, WebSocket: `${run}-w` };
    const source = (way: Way): FeedSource => ({
      host,
      rate,
      reader: this.#readers[way],
      onMessages: (messages) => this.#take(this.views[way], messages),
    });
    const timer = setInterval(() => void this.#count(), countIntervalMs);
    this.#stops = [
      poll(source('Polling'), pollIntervalMs),
      longPoll(source('Long polling')),
      listen(source('WebSocket')),
      () => clearInterval(timer),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #take(view: WayView, messages: readonly FeedMessage[]): void {
    const nowMs = performance.timeOrigin + performance.now();
    for (const { atMs } of messages) {
      view.messages++;
      // The clocks of the page and of the server are read apart, and may differ by parts of a millisecond.
      view.lastDelayMs = Math.max(0, nowMs - atMs);
      add(view.delays, view.lastDelayMs);
    }
  }

  async #count(): Promise<void> {
    const counts = await readCounts(
      this.#host,
      ways.map((way) => this.#readers[way]),
    );
    ways.forEach((way, index) => {
      const count = counts[index];
      if (count) note(this.views[way], count);
    });
  }
}

async function readCounts(host: string, readers: readonly string[]): Promise<readonly (WireCount | null)[]> {
  try {
    const response = await fetch(`http://${host}/feed/counts?rate=1&readers=${readers.join(',')}`);
    return (await response.json()) as (WireCount | null)[];
  } catch {
    return [];
  }
}

function note(view: WayView, { requests, receivedBytes, sentBytes }: WireCount): void {
  const bytes = receivedBytes + sentBytes;
  add(view.bytesPerSecond, ((bytes - view.bytes) * 1000) / countIntervalMs);
  add(view.requestsPerSecond, ((requests - view.requests) * 1000) / countIntervalMs);
  view.bytes = bytes;
  view.requests = requests;
}

function add(points: Point[], value: number): void {
  const atMs = performance.now();
  points.push({ atMs, value });
  const old = points.findIndex((point) => atMs - point.atMs < shownMs);
  if (old > 0) points.splice(0, old);
}

function emptyView(): WayView {
  return {
    messages: 0,
    requests: 0,
    bytes: 0,
    lastDelayMs: undefined,
    delays: [],
    bytesPerSecond: [],
    requestsPerSecond: [],
  };
}
