import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ConnectOptions } from '@holdfast/node';
import type { CommonServeOptions } from '@holdfast/node/server';
import { onTestFinished } from 'vitest';
import { within } from './limit.ts';

/** Starts a server of ours in a thread of its own until the test is over; answers its port. */
export async function startServerThread(options: CommonServeOptions): Promise<number> {
  const { port } = (await within(firstWord({ options }), 'the server of the thread', 60_000)) as { port: number };
  return port;
}

/** Runs a client of ours in a thread of its own, and answers the code of the error that it ends with. */
export async function runClientThread(url: string, options: ConnectOptions): Promise<string | undefined> {
  const { error } = (await firstWord({ url, options })) as { error: string | undefined };
  return error;
}

async function firstWord(workerData: object): Promise<unknown> {
  const worker = new Worker(new URL('./victim.mjs', import.meta.url), { workerData });
  onTestFinished(async () => void (await worker.terminate()));
  const [word] = (await once(worker, 'message')) as unknown[];
  return word;
}
