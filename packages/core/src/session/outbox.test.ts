import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import type { Outgoing } from '../message.ts';
import { createOutbox, type OutboxOptions } from './outbox.ts';

function outboxOf(options: Partial<OutboxOptions>) {
  const dropped: Outgoing[] = [];
  const full = { maxMessages: 100, maxBytes: 100, whenFull: 'throw' as const, ...options };
  const [push, flush, bytes] = createOutbox<Outgoing>(full, (message) => dropped.push(message));
  const taken: Outgoing[] = [];
  const takeAll = () => flush((message) => taken.push(message) > 0);
  return { push, flush, bytes, dropped, taken, takeAll };
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
    const { push, flush, bytes } = outboxOf({});
    for (const message of ['a', 'bb', 'ccc']) push(message);
    expect(bytes()).toBe(6);
    const offered: Outgoing[] = [];
    expect(flush((message) => offered.push(message) < 2)).toBe(false);
    expect(offered).toEqual(['a', 'bb']);
    expect(bytes()).toBe(5);
    expect(flush(() => true)).toBe(true);
    expect(bytes()).toBe(0);
  });

  test('counts bytes of UTF-8, and copies what the app could change', () => {
    const { push, bytes, taken, takeAll } = outboxOf({});
    const view = Uint8Array.of(1, 2, 3, 4);
    for (const message of ['é😀', view.subarray(1, 3), view.buffer, new DataView(view.buffer, 3)]) push(message);
    expect(bytes()).toBe(6 + 2 + 4 + 1);
    view.fill(0);
    takeAll();
    expect(taken).toEqual(['é😀', Uint8Array.of(2, 3), Uint8Array.of(1, 2, 3, 4), Uint8Array.of(4)]);
  });

  test.each([
    ['messages', { maxMessages: 2, maxBytes: 100 }],
    ['bytes', { maxMessages: 100, maxBytes: 2 }],
  ])('holds its limit of %s exactly', (_what, limits) => {
    const { push, bytes, dropped } = outboxOf({ ...limits, whenFull: 'throw' });
    push('a');
    push('b');
    expect(codeOf(() => push('c'))).toBe('queue-full');
    expect(dropped).toEqual([]);
    expect(bytes()).toBe(2);
  });

  test.each([
    ['drop-oldest', ['a', 'b'], ['c', 'ddd']],
    ['drop-newest', ['ddd'], ['a', 'b', 'c']],
  ] as const)('%s: %j give way, %j stay', (whenFull, gone, kept) => {
    const { push, dropped, taken, takeAll } = outboxOf({ maxMessages: 9, maxBytes: 4, whenFull });
    for (const message of ['a', 'b', 'c', 'ddd']) push(message);
    expect(dropped).toEqual(gone);
    takeAll();
    expect(taken).toEqual(kept);
  });

  test('a message that could never fit pushes out no other', () => {
    const { push, dropped, taken, takeAll } = outboxOf({ maxBytes: 4, whenFull: 'drop-oldest' });
    push('a');
    push('too long');
    expect(dropped).toEqual(['too long']);
    takeAll();
    expect(taken).toEqual(['a']);
  });

  test('nothing may wait where it is off, or has no room at all', () => {
    expect(codeOf(() => createOutbox({}, () => {})[0]('a'))).toBe('queue-full');
    const { push, dropped } = outboxOf({ maxMessages: 0, whenFull: 'drop-oldest' });
    push('a');
    expect(dropped).toEqual(['a']);
  });
});
