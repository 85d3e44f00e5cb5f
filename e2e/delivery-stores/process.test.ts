import { describe, expect, it } from 'vitest';
import { runKills } from './kill-run.ts';
import { readReceivedLives, readSentLives } from './lives.ts';

describe('delivery with a file in Node', () => {
  it('3 times killed and started again: nothing lost, doubled or out of order', async () => {
    await runKills({ count: 20_000, kills: 3 });
  });

  it.each([
    ['lost', ['1 1', '1 3']],
    ['lost with a life', ['1 1', '2 2']],
    ['doubled', ['1 1', '1 1']],
    ['out of order', ['1 1', '2 1', '1 2']],
  ])('its count of what was sent finds what is %s', (_, lines) => {
    expect(readSentLives(lines).faults).not.toEqual([]);
  });

  it.each([
    ['lost', ['1 1', '1 3']],
    ['lost with a life', ['1 1', '2 3']],
    ['doubled', ['1 1', '1 1']],
    ['doubled in a life that has begun', ['1 1', '1 2', '2 2', '2 3', '2 3']],
  ])('its count of what was received finds what is %s', (_, lines) => {
    expect(readReceivedLives(lines).faults).not.toEqual([]);
  });
});
