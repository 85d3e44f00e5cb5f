import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { type Connection, redisStore, serve } from '@holdfast/node/server';
import { formatNumbered, parseNumbered } from '../message.ts';
import { connectRedis } from './redis-process.ts';

/** What this process is told when it starts, and what it says. */
export interface TakeoverOrder {
  readonly port: number;
  readonly redisPort: number;
  /** Where the app notes each message of the client, a line each. */
  readonly log: string;
  /** How many messages the app sends in all, over all processes. */
  readonly messages: number;
  readonly length: number;
}

export interface TakeoverWord {
  readonly listening?: true;
}

const order = JSON.parse(process.argv[2] as string) as TakeoverOrder;
const say = (word: TakeoverWord) => process.send?.(word);
const redis = await connectRedis(order.redisPort);
const store = redisStore((args) => redis.sendCommand(args));
const log = openSync(order.log, 'a');
process.on('exit', () => closeSync(log));

await serve(
  { port: order.port, host: '127.0.0.1', delivery: { store, window: { maxMessages: 1_000, maxBytes: 2 ** 18 } } },
  (connection) => {
    takeNotes(connection);
    void sendRest(connection);
  },
);
say({ listening: true });

/** The nth message stands in the nth line: one that a process noted and could not acknowledge any more comes again. */
function takeNotes(connection: Connection): void {
  let noted = readFileSync(order.log, 'latin1').split('\n').length - 1;
  connection.on('message', ({ data }) => {
    if (connection.delivery!.received <= noted) return;
    writeSync(log, `${parseNumbered(String(data))}\n`);
    noted += 1;
  });
}

/** Goes on where the process before has left off. */
async function sendRest(connection: Connection): Promise<void> {
  for (let number = connection.delivery!.sent + 1; number <= order.messages; number++) {
    connection.send(formatNumbered(number, order.length));
    await connection.drained();
  }
}
