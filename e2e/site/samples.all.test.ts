import { serve, type ServeOptions } from '@holdfast/node/server';
import { describe, expect, test, vi } from 'vitest';
import { runSample } from '../server/samples/sample.ts';
import { copySamples } from './samples/run-copy.ts';
import { pairs, rows } from './samples/rows.ts';

describe.concurrent('the samples that are clients, each in a process of its own', () => {
  test.for(Object.entries(rows))('%s', async ([name, row], { onTestFinished }) => {
    const { options, play, prints = [], hears = [], ends } = row;
    const heard: string[] = [];
    const server = await serve({ port: 0, host: '127.0.0.1', ...options } as ServeOptions, (connection) => {
      heard.push(connection.request.url);
      connection.on('message', ({ data }) => heard.push(String(data)));
      play?.(connection);
    });
    const copies = copySamples(server.port);
    onTestFinished(async () => {
      copies.remove();
      await server.close();
    });
    const sample = copies.run(name);
    await sample.prints(prints);
    await vi.waitFor(() => expect(heard, sample.printed()).toEqual(expect.arrayContaining([...hears])), 40_000);
    if (ends) expect(await sample.ended(), sample.printed()).toBe(0);
  });
});

describe.concurrent('the samples that are pairs', () => {
  test.for(pairs)('%s with %s', async ([behind, name, expected], { onTestFinished }) => {
    const backend = await runSample(behind);
    const copies = copySamples(backend.port);
    onTestFinished(() => {
      copies.remove();
      backend.kill();
    });
    await copies.run(name).prints(expected);
  });
});
