import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { house } from '../../scripts/house.ts';
import { Stranger } from './stranger.ts';

const limitMs = 180_000;
let clone: string;

beforeEach(async () => {
  clone = join(mkdtempSync(join(tmpdir(), 'holdfast-clone-')), 'holdfast');
  expect(await new Stranger(tmpdir(), 'git', 'clone', '--quiet', house, clone).ended()).toBe(0);
});

afterEach(() => rmSync(join(clone, '..'), { recursive: true, force: true }));

test.for([
  ['run', 'build'],
  ['run', 'check'],
  ['run', 'unit'],
  ['run', 'docs'],
  ['run', 'e2e', 'e2e/house/test-counts.test.ts'],
])('npm %s %s works by itself in a fresh clone', { timeout: limitMs }, async (args) => {
  const npm = new Stranger(clone, 'npm', ...args);
  expect(await npm.ended(), npm.output).toBe(0);
  expect(await changesIn(clone), 'what the command changed in the work tree').toBe('');
});

test('npm start works by itself in a fresh clone, and answers on the URL that it prints', {
  timeout: limitMs,
}, async () => {
  const npm = new Stranger(clone, 'npm', 'start');
  const ended = npm.ended();
  try {
    const [url] = await npm.said(/http:\/\/localhost:\d+\/\S*/);
    expect((await fetch(url)).status).toBe(200);
  } finally {
    npm.interrupt();
    await ended;
  }
});

async function changesIn(folder: string): Promise<string> {
  const git = new Stranger(folder, 'git', 'status', '--porcelain');
  await git.ended();
  return git.output;
}
