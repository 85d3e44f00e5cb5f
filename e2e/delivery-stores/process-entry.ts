import { appendFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { connect } from 'holdfast';
import { delivery, deliveryStore } from 'holdfast/delivery';

/** What a process is to do; it is told by its last argument. */
export interface ProcessTask {
  readonly url: string;
  readonly store: string;
  /** Which life of the app this is, from 1. */
  readonly life: number;
  /** Where it notes what it has sent in turns that are over, and what has arrived. */
  readonly sentFile: string;
  readonly receivedFile: string;
  /** How many messages it sends, if it is not killed before; the last is `end`. */
  readonly count: number;
}

const { url, store, life, sentFile, receivedFile, count } = JSON.parse(process.argv.at(-1) as string) as ProcessTask;

const client = connect(url, {
  delivery: delivery({ store: deliveryStore(store) }),
  reconnect: { minDelayMs: 20, maxDelayMs: 100 },
  highWaterMark: 4_096,
});
client.on('message', ({ data }) => appendFileSync(receivedFile, `${life} ${String(data)}\n`));
client.on('dropped', ({ message, cause }) =>
  appendFileSync(receivedFile, `${life} dropped ${String(message)} ${cause}\n`),
);
client.on('error', ({ error }) => appendFileSync(receivedFile, `${life} ${error.message}\n`));

for (let number = 1; number <= count; number++) {
  await client.drained();
  client.send(`${life} ${number}`);
  if (number % 32 > 0 && number < count) continue;
  // What was sent in a turn that is over is saved.
  await turn();
  appendFileSync(sentFile, `${life} ${number}\n`);
}
client.send('end');
