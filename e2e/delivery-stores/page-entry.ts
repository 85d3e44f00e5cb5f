import { type Client, connect } from 'holdfast';
import { delivery, deliveryStore } from 'holdfast/delivery';
import { Tally } from './tally.ts';

/** What a page is to do, from its address. */
interface Task {
  readonly url: string;
  readonly store: string;
  readonly count: number;
  /** It loads itself again after so many numbers. */
  readonly reloadAt: readonly number[];
}

/** What a page has done in all its lives, as it was noted at once. */
export interface PageCounts {
  readonly sent: number;
  readonly received: number;
  readonly reloads: number;
  readonly faults: readonly string[];
}

const notes = {
  read: (name: string) => Number(localStorage.getItem(name) ?? 0),
  write: (name: string, value: number) => localStorage.setItem(name, String(value)),
};

function addFault(fault: string): void {
  localStorage.setItem('faults', JSON.stringify([...faults(), fault]));
}

function faults(): string[] {
  return JSON.parse(localStorage.getItem('faults') ?? '[]');
}

export const counts = (): PageCounts => ({
  sent: notes.read('sent'),
  received: notes.read('received'),
  reloads: notes.read('reloads'),
  faults: faults(),
});

/** What the test of two tabs asks of each. */
export interface StorePage {
  /** Resolves when the client is open. */
  open(url: string): Promise<void>;
  /** Resolves with what the first dial failed with. */
  refused(url: string): Promise<string>;
  send(message: string): void;
  /** Resolves when the client is open, with whether the session goes on. */
  opened(): Promise<boolean>;
  /** Resolves with `resumed`, or with what the next dial failed with, once this page is back from the cache of pages. */
  outcome(): Promise<string>;
  /** Why the browser has loaded this page anew when the reader went back; undefined where it has kept it. */
  whyLoaded(): string | undefined;
}

let tab: Client | undefined;
const start = (url: string) =>
  (tab = connect(url, { delivery: delivery({ store: deliveryStore('tabs') }), reconnect: { maxDelayMs: 100 } }));

const page: StorePage = {
  open: async (url) => void (await start(url).once('open')),
  refused: async (url) => String((await start(url).once('disconnected')).error?.message),
  send: (message) => void tab?.send(message),
  opened: async () => Boolean((await tab?.once('open'))?.resumed),
  outcome: () => outcome,
  whyLoaded: () => {
    const [entry] = performance.getEntriesByType('navigation') as (NavigationEntry | undefined)[];
    return entry?.type === 'back_forward' ? `not kept: ${JSON.stringify(entry.notRestoredReasons)}` : undefined;
  },
};

/** What Chromium tells besides. */
type NavigationEntry = PerformanceNavigationTiming & { readonly notRestoredReasons?: unknown };

/** What comes of the next dial, once the page is back from the cache of pages. */
const outcome = new Promise<string>((resolve) => {
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted || !tab) return;
    tab.on('open', ({ resumed }) => resolve(resumed ? 'resumed' : 'another session'));
    tab.on('disconnected', ({ error }) => {
      if (error?.code === 'store-failed') resolve(error.message);
    });
  });
});

Object.assign(globalThis, { counts, page });

async function run({ url, store, count, reloadAt }: Task): Promise<void> {
  const client = connect(url, {
    delivery: delivery({ store: deliveryStore(store) }),
    reconnect: { minDelayMs: 20, maxDelayMs: 100 },
    outbox: { maxMessages: 100_000 },
    highWaterMark: 4_096,
  });
  const tally = new Tally('in the page', notes.read('received'));
  client.on('message', ({ data }) => {
    tally.take(data);
    notes.write('received', tally.last);
    for (const fault of tally.faults.splice(0)) addFault(fault);
  });
  client.on('dropped', ({ message, cause }) => addFault(`dropped: ${String(message)}, ${cause}`));
  client.on('error', ({ error }) => addFault(error.message));
  client.on('disconnected', ({ error }) => {
    if (error?.code === 'store-failed') addFault(error.message);
  });
  // The line is down: that is a moment to load again too.
  client.on('open', () => client.once('disconnected').then(reload));

  const { port1, port2 } = new MessageChannel();
  port2.start();
  const turn = () =>
    new Promise((resolve) => {
      port2.addEventListener('message', resolve, { once: true });
      port1.postMessage(0);
    });
  // A page that is gone before its first welcome leaves a session behind that nobody knows of, with nothing in it.
  if (notes.read('sent') === 0) await client.once('open');
  for (let number = notes.read('sent') + 1; number <= count; number++) {
    await client.drained();
    // Noted before: what is noted has to arrive.
    notes.write('sent', number);
    client.send(String(number));
    if (reloadAt.includes(number)) reload();
    if (number % 32 === 0) await turn();
  }
}

/** The page goes on until it is gone. */
function reload(): void {
  notes.write('reloads', notes.read('reloads') + 1);
  location.reload();
}

const task = new URLSearchParams(location.search).get('task');
if (task) void run(JSON.parse(task) as Task);
