import { describe, expect, test } from 'vitest';
import { tryInputs } from '../engine/fuzz.ts';
import { foundRows } from './rows.ts';

describe('what the fuzz has found before keeps every invariant now', async () => {
  const outcomes = await tryInputs(foundRows);
  test.for(foundRows.map((row, index) => ({ ...row, outcome: outcomes[index] })))('$target: $name', ({ outcome }) => {
    // What an input reached is a list, and what it broke a text.
    expect(outcome).toEqual(expect.any(Array));
  });
});
