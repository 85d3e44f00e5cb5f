import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import type { Outgoing } from '../message.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';

function outboxOf(options: Partial<OutboxOptions> | false) {
  const dropped: Outgoing[] = [];
  const causes: string[] = [];
  const full = options && { maxMessages: 100, maxBytes: 100, whenFull: 'throw' as const, ...options };
  const outbox = createOutbox<Outgoing>(full, (message, cause) => {
    dropped.push(message);
    causes.push(cause);
  });
  const taken: Outgoing[] = [];
  const flush = () => outbox.flush((message) => taken.push(message) > 0);
  return { outbox, dropped, causes, taken, flush };
}

const codeOf = (act: () => void) => {
  try {
    act();
  } catch (error) {
    return (error as HoldfastError).code;
  }
  return 'taken';
};

describe('an outbox', () => {
  test('hands over in order, and keeps what is not taken', () => {
    const { outbox } = outboxOf({});
    for (const message of ['a', 'bb', 'ccc']) outbox.push(message);
    expect(outbox.bytes).toBe(6);
    const offered: Outgoing[] = [];
    expect(outbox.flush((message) => offered.push(message) < 2)).toBe(false);
    expect(offered).toEqual(['a', 'bb']);
    expect(outbox.bytes).toBe(5);
    expect(outbox.flush(() => true)).toBe(true);
    expect(outbox.bytes).toBe(0);
  });

  test('counts bytes of UTF-8, and copies what the app could change', () => {
    const { outbox, taken, flush } = outboxOf({});
    const bytes = Uint8Array.of(1, 2, 3, 4);
    for (const message of ['é😀', bytes.subarray(1, 3), bytes.buffer, new DataView(bytes.buffer, 3)])
      outbox.push(message);
    expect(outbox.bytes).toBe(6 + 2 + 4 + 1);
    bytes.fill(0);
    flush();
    expect(taken).toEqual(['é😀', Uint8Array.of(2, 3), Uint8Array.of(1, 2, 3, 4), Uint8Array.of(4)]);
  });

  test.each([
    ['messages', { maxMessages: 2, maxBytes: 100 }],
    ['bytes', { maxMessages: 100, maxBytes: 2 }],
  ])('holds its limit of %s exactly', (_what, limits) => {
    const { outbox, dropped } = outboxOf({ ...limits, whenFull: 'throw' });
    outbox.push('a');
    outbox.push('b');
    expect(codeOf(() => outbox.push('c'))).toBe('queue-full');
    expect(dropped).toEqual([]);
    expect(outbox.bytes).toBe(2);
  });

  test.each([
    ['drop-oldest', ['a', 'b'], ['c', 'ddd']],
    ['drop-newest', ['ddd'], ['a', 'b', 'c']],
  ] as const)('%s: %j give way, %j stay', (whenFull, gone, kept) => {
    const { outbox, dropped, causes, taken, flush } = outboxOf({ maxMessages: 9, maxBytes: 4, whenFull });
    for (const message of ['a', 'b', 'c', 'ddd']) outbox.push(message);
    expect(dropped).toEqual(gone);
    expect(new Set(causes)).toEqual(new Set(['queue-full']));
    flush();
    expect(taken).toEqual(kept);
  });

  test('a message that could never fit pushes out no other', () => {
    const { outbox, dropped, taken, flush } = outboxOf({ maxBytes: 4, whenFull: 'drop-oldest' });
    outbox.push('a');
    outbox.push('too long');
    expect(dropped).toEqual(['too long']);
    flush();
    expect(taken).toEqual(['a']);
  });

  test('nothing may wait where it is off, or has no room at all', () => {
    expect(codeOf(() => outboxOf(false).outbox.push('a'))).toBe('queue-full');
    const { outbox, dropped } = outboxOf({ maxMessages: 0, whenFull: 'drop-oldest' });
    outbox.push('a');
    expect(dropped).toEqual(['a']);
  });

  test('what is given up at the end is told, in order', () => {
    const { outbox, dropped, causes } = outboxOf({});
    outbox.push('a');
    outbox.push('');
    outbox.clear();
    expect(dropped).toEqual(['a', '']);
    expect(causes).toEqual(['closed', 'closed']);
    expect(outbox.bytes).toBe(0);
  });
});
