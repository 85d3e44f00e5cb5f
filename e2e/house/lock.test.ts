import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../scripts/build/lock.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
  lock = join(folder, 'work.lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('work under one lock file is done one after the other', async () => {
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} starts`);
    await new Promise(setImmediate);
    steps.push(`${name} ends`);
  };
  await Promise.all([withLock(lock, work('first')), withLock(lock, work('second'))]);
  expect(steps).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
});

test('work that throws lets the next one in', async () => {
  await expect(withLock(lock, () => Promise.reject(new Error('planned')))).rejects.toThrow('planned');
  expect(await withLock(lock, async () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

test('the lock of a process that died is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(lock, String(pid));
  expect(await withLock(lock, async () => 'done')).toBe('done');
});
