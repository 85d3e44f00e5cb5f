import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Child } from './crowd/child.ts';
import type { CrowdWord, Measure, ServerWord } from './crowd/words.ts';

const count = 5_000;
/** Node has some open by itself. */
const openFilesNeeded = count + 100;
const maxRssBytesEach = 64 * 1024;

describe(`${count} idle connections on one server`, () => {
  let server: Child<ServerWord>;
  let clients: Child<CrowdWord>;
  let empty: Measure;

  const measure = () => {
    server.order('measure');
    return server.word(({ measured }) => measured);
  };
  /** Waits until all clients have come so far; the first that breaks ends that. */
  const all = async (wanted: CrowdWord['milestone']): Promise<CrowdWord> => {
    const word = await clients.word((said) => (said.milestone === wanted || said.fault ? said : undefined));
    if (word.fault) throw new Error(word.fault);
    return word;
  };

  beforeAll(async () => {
    server = new Child(new URL('./crowd/server-entry.ts', import.meta.url));
    const port = await server.word((word) => word.port);
    empty = await measure();
    clients = new Child(new URL('./crowd/clients-entry.ts', import.meta.url), String(port), String(count));
    checkOpenFiles(await clients.word((word) => word.openFiles));
  });
  afterAll(() => {
    clients?.kill();
    server?.kill();
  });

  test('all open, and a broadcast reaches each', async () => {
    await all('open');
    server.order('broadcast');
    expect(await server.word(({ reached }) => reached)).toBe(count);
    await all('broadcast');
  });

  test('each stays, because it answers the pings, and costs little memory', async () => {
    await all('pinged');
    const full = await measure();
    expect(full).toMatchObject({ connections: count, alive: count });
    const each = (name: 'heapBytes' | 'externalBytes' | 'rssBytes') => Math.round((full[name] - empty[name]) / count);
    const cost = { heap: each('heapBytes'), external: each('externalBytes'), rss: each('rssBytes') };
    console.log(`bytes for each of ${count} idle connections: ${JSON.stringify(cost)}`);
    expect(cost.rss).toBeLessThan(maxRssBytesEach);
  });

  test('the server closes: each is told 1001, ends in order, and none is left', async () => {
    server.order('close');
    const { closeCodes } = await all('ended');
    expect(closeCodes).toEqual({ 1001: count });
    expect(await server.word(({ closed }) => closed)).toBe(true);
  });
});

/** Both processes are of one user, and have one limit. */
function checkOpenFiles(limit: number): void {
  if (limit >= openFilesNeeded) return;
  throw new Error(
    `${count} connections need ${openFilesNeeded} open files in one process, and here are ${limit}. ` +
      'Raise the limit for this shell with `ulimit -n 20000`, as root also with `ulimit -Hn 20000`.',
  );
}
