import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRuntime } from '../runtimes/find-runtime.ts';
import { type Runtime, runtimes } from '../runtimes/runtimes.ts';
import { bundleForProcess } from '../run/bundle.ts';
import { nodeDifferences, ownDifferences, unknownOf } from './known-differences.ts';
import type { ClassName } from './process-entry.ts';
import type { Differences } from './run-rows.ts';
import { type StandardServer, startStandardServer } from './standard-server.ts';

const processLimitMs = 110_000;

let server: StandardServer;
beforeAll(async () => {
  server = await startStandardServer();
});
afterAll(() => server.close());

const entry = fileURLToPath(new URL('./process-entry.ts', import.meta.url));

/** What a class does otherwise than the rows say, in another runtime, whose process has to end by itself. */
async function differencesIn(runtime: Runtime, name: ClassName): Promise<Differences> {
  const [program, bundle] = await Promise.all([findRuntime(runtime), bundleForProcess(entry, 'web-socket-rows.mjs')]);
  const env = { ...process.env, ...runtime.env };
  const limits = { timeout: processLimitMs, env };
  const { stdout } = await promisify(execFile)(program, [...runtime.args, bundle, name, server.url], limits);
  return JSON.parse(stdout) as Differences;
}

// A runtime may have to come first.
const limit = { timeout: 3 * processLimitMs };

test.for(runtimes)('in $name, our class does what the rows say', limit, async (runtime) => {
  expect(unknownOf(await differencesIn(runtime, 'holdfast'), ownDifferences[runtime.name] ?? [])).toEqual({});
});

describe('the global of Node does, but for what the guide names', () => {
  const known = runtimes.flatMap((runtime) => {
    const differences = nodeDifferences[runtime.name];
    return differences ? [{ runtime, differences }] : [];
  });

  test.for(known)('in $runtime.name', limit, async ({ runtime, differences }) => {
    expect(unknownOf(await differencesIn(runtime, 'native'), differences)).toEqual({});
  });
});
