import {
  createClient,
  type Link,
  type LinkHandler,
  type Message,
  type Outgoing,
  type OutboxOptions,
  resolveOptions,
} from '@holdfast/core/adapter';
import { nsOf, timesOf, type Work } from './work.ts';

const message = new Uint8Array(64).fill(0xe7);
/** Behind a full queue, so many more messages. */
const more = 5_000;

/** What waits while no link takes it, from the client's `send` on; the link is one that only counts. */
export const outbox: Readonly<Record<string, Work>> = {
  'send while the link is down'(count) {
    return each(count, {}, ({ sendMany }) => nsOf(() => sendMany(count)));
  },
  'hand over when it is open'(count) {
    return each(count, {}, ({ sendMany, open }) => {
      sendMany(count);
      return nsOf(open);
    });
  },
  async 'send to a full outbox that drops the oldest'(count) {
    const line = await dial({ maxMessages: count, whenFull: 'drop-oldest' });
    line.sendMany(count);
    return nsOf(() => line.sendMany(more)) / more;
  },
  async 'send behind a queue that moves on one by one'(count) {
    const line = await dial({});
    line.sendMany(count);
    line.give(0);
    line.open();
    return (
      nsOf(() => {
        for (let sent = 0; sent < more; sent++) {
          line.give(1);
          line.sendMany(1);
        }
      }) / more
    );
  },
};

async function each(count: number, options: Partial<OutboxOptions>, run: (line: TestLine) => number): Promise<number> {
  let ns = 0;
  const times = timesOf(count);
  for (let time = 0; time < times; time++) ns += run(await dial(options));
  return ns / (times * count);
}

/** A client whose link opens when it is told to. */
interface TestLine {
  sendMany(count: number): void;
  open(): void;
  /** Lets the link take so many messages more, until which it is full. */
  give(count: number): void;
}

async function dial(outboxOptions: Partial<OutboxOptions>): Promise<TestLine> {
  let handler: LinkHandler | undefined;
  let room = Number.POSITIVE_INFINITY;
  const link: Link = {
    protocol: '',
    extensions: '',
    readyState: 1,
    get bufferedAmount() {
      return room > 0 ? 0 : 2 ** 30;
    },
    send: () => void room--,
    close: () => {},
  };
  const options = resolveOptions<Message, Outgoing>({
    heartbeat: false,
    outbox: { maxMessages: 2 ** 20, maxBytes: 2 ** 30, ...outboxOptions },
  });
  const platform = { now: () => performance.now(), random: Math.random, after: () => () => {} };
  const client = createClient(
    'ws://localhost/',
    options,
    (_url, _protocols, dialed) => {
      handler = dialed;
      return () => {};
    },
    platform,
  );
  await client.once('connecting');
  // The dial itself is begun behind the event.
  await Promise.resolve();
  return {
    sendMany(count) {
      for (let sent = 0; sent < count; sent++) client.send(message);
    },
    open: () => handler!.onOpen(link),
    give(count) {
      room = count;
      handler?.onDrain();
    },
  };
}
