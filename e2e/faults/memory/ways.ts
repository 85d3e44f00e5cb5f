import { once } from 'node:events';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { connect, HoldfastError, toStreams } from 'holdfast';
import { WebSocket } from 'ws';
import type { Meter } from './meter.ts';
import { messageBytes, type Way } from './series.ts';

const message = new Uint8Array(messageBytes);
const samples = 25;
/** What has grown to this grows without end: nobody's machine has to show more. */
const enoughBytes = 2 ** 27;

/** Goes one way for so many messages, or until it has grown to no end. */
export const ways: Readonly<Record<Way, (url: string, messages: number, meter: Meter) => Promise<void>>> = {
  iterator: (url, messages, meter) => readSlowly(connect(url), messages, meter),
  readable: (url, messages, meter) => readSlowly(toStreams(connect(url)).readable, messages, meter),
  'on message': (url, messages, meter) => readSlowly(queueOf(url), messages, meter),
  send: async (url, messages, meter) => {
    const client = connect(url);
    await client.once('open');
    await sendOn(() => client.send(message), messages, meter);
  },
  'ws send': async (url, messages, meter) => {
    const client = new WebSocket(url);
    await once(client, 'open');
    await sendOn(() => client.send(message), messages, meter);
  },
};

/** A reader that takes its time for each message. */
async function readSlowly(source: AsyncIterable<unknown>, messages: number, meter: Meter): Promise<void> {
  const reader = source[Symbol.asyncIterator]();
  for (let taken = 1; taken <= messages && meter.grownBytes < enoughBytes; taken++) {
    await reader.next();
    await pause(1);
    if (taken % Math.ceil(messages / samples) === 0) meter.take();
  }
}

/** What an app does that listens, and works off what came one after the other. */
async function* queueOf(url: string): AsyncGenerator {
  const client = connect(url);
  const queue: unknown[] = [];
  client.on('message', ({ data }) => queue.push(data));
  for (;;) {
    if (queue.length > 0) yield queue.shift();
    else await turn();
  }
}

/** Sends some in each turn, whatever becomes of them; a full queue may refuse them. */
async function sendOn(send: () => unknown, messages: number, meter: Meter): Promise<void> {
  for (let sent = 1; sent <= messages && meter.grownBytes < enoughBytes; sent++) {
    try {
      send();
    } catch (error) {
      if (!(error instanceof HoldfastError && error.code === 'queue-full')) throw error;
    }
    if (sent % 10 === 0) await turn();
    if (sent % Math.ceil(messages / samples) === 0) meter.take();
  }
}
