import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runTool } from '../../scripts/run-tool.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = fileURLToPath(new URL('planted/planted-entry.ts', import.meta.url));

const run = (...args: string[]) => runTool(root, 'tsx', ['scripts/fuzz.ts', ...args]);

describe('npm run fuzz', () => {
  test('tells its seed first, how each target fared, and the counts last', async () => {
    const { status, stdout } = await run('--inputs', '200', '--seed', 'abc');
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('HOLDFAST_SEED=abc');
    expect(lines).toContain('protocol: 36 inputs, 0 failed');
    expect(lines.at(-1)).toBe('200 inputs, 200 passed, 0 failed');
    expect(status).toBe(0);
  });

  test('fails when something is found, and shows the commands that show it again', async () => {
    const { status, stdout } = await run('--entry', entry, '--target', 'throws a TypeError', '--inputs', '50');
    expect(stdout).toMatch(/FOUND in throws a TypeError, seed \d+, input \d+: threw TypeError/);
    expect(stdout).toMatch(/replay: HOLDFAST_SEED=\d+ npm run fuzz -- --target 'throws a TypeError' --input \d+/);
    expect(stdout).toMatch(/50 inputs, \d+ passed, [1-9]\d* failed$/);
    expect(status).toBe(1);
  });

  test('replays an input of a seed, and bytes', async () => {
    const target = ['--entry', entry, '--target', 'throws a TypeError'];
    const [, input = '', hex = ''] =
      /--input (\d+)[\s\S]*--hex (\w+)/.exec((await run(...target, '--inputs', '50', '--seed', 'abc')).stdout) ?? [];
    expect((await run(...target, '--seed', 'abc', '--input', input)).stdout).toMatch(/1 inputs, 0 passed, 1 failed$/);
    expect((await run(...target, '--hex', hex)).stdout).toMatch(/1 inputs, 0 passed, 1 failed$/);
    expect((await run('--target', 'utf8', '--hex', hex)).stdout).toMatch(/1 inputs, 1 passed, 0 failed$/);
  });

  test('refuses a target that there is not', async () => {
    const { status, output } = await run('--target', 'nothing', '--inputs', '1');
    expect(output).toContain('no target "nothing", but utf8, close-payload');
    expect(status).toBe(1);
  });
});
