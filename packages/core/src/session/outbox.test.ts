import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import type { Outgoing } from '../message.ts';
import type { DropCause } from '../events/client-event.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { createOutbox, type OutboxOptions, type SendOptions } from './outbox.ts';

function outboxOf(options: Partial<OutboxOptions>) {
  const dropped: Outgoing[] = [];
  const full = { maxMessages: 100, maxBytes: 100, whenFull: 'throw' as const, ...options };
  const causes: DropCause[] = [];
  const clock = new FakeClock();
  const [enqueue, flush, clear, bytes] = createOutbox<Outgoing>(full, clock, (message, cause) => {
    dropped.push(message);
    causes.push(cause);
  });
  const push = (message: Outgoing, how: SendOptions = {}) => enqueue(message, how);
  const taken: Outgoing[] = [];
  const takeAll = () => flush((message) => taken.push(message) > 0);
  return { push, flush, clear, bytes, dropped, causes, clock, taken, takeAll };
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
    expect(codeOf(() => createOutbox({}, new FakeClock(), () => {})[0]('a', {}))).toBe('queue-full');
    const { push, dropped } = outboxOf({ maxMessages: 0, whenFull: 'drop-oldest' });
    push('a');
    expect(dropped).toEqual(['a']);
  });

  test('a message is given up when its time is over, but not once it was taken', async () => {
    const { push, dropped, causes, clock, taken, takeAll } = outboxOf({});
    push('soon', { ttlMs: 10 });
    push('later', { ttlMs: 20 });
    push('never');
    await clock.advance(10);
    expect([dropped, causes]).toEqual([['soon'], ['expired']]);
    takeAll();
    await clock.advance(100);
    expect(taken).toEqual(['later', 'never']);
    expect(dropped).toEqual(['soon']);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a newer message takes the place of the one under its key, at the end', () => {
    const { push, dropped, causes, taken, takeAll } = outboxOf({});
    push('x1', { key: 'x' });
    push('y1', { key: 'y' });
    push('plain');
    push('x2', { key: 'x' });
    expect([dropped, causes]).toEqual([['x1'], ['replaced']]);
    takeAll();
    push('x3', { key: 'x' });
    takeAll();
    expect(taken).toEqual(['y1', 'plain', 'x2', 'x3']);
  });

  test.each(['throw', 'drop-oldest', 'drop-newest'] as const)(
    'one under a key needs no room besides: %s',
    (whenFull) => {
      const { push, dropped, causes, bytes } = outboxOf({ maxMessages: 2, maxBytes: 4, whenFull });
      push('a', { key: 1 });
      push('bb');
      push('cc', { key: 1 });
      expect([dropped, causes, bytes()]).toEqual([['a'], ['replaced'], 4]);
    },
  );

  test('where a replacement is too long, what it would replace stays', () => {
    const { push, dropped, takeAll, taken } = outboxOf({ maxBytes: 2 });
    push('a', { key: 1 });
    expect(codeOf(() => push('aaa', { key: 1 }))).toBe('queue-full');
    takeAll();
    expect([dropped, taken]).toEqual([[], ['a']]);
  });

  test('the oldest gives way once, be it the one to be replaced', () => {
    const { push, dropped, causes, takeAll, taken } = outboxOf({ maxBytes: 3, whenFull: 'drop-oldest' });
    push('a', { key: 1 });
    push('bb');
    push('ccc', { key: 1 });
    expect([dropped, causes]).toEqual([
      ['a', 'bb'],
      ['queue-full', 'queue-full'],
    ]);
    takeAll();
    expect(taken).toEqual(['ccc']);
  });

  test('an aborted signal takes out its message alone, and none is listened to for long', () => {
    const { push, dropped, causes, takeAll, taken } = outboxOf({});
    const [first, second] = [new AbortController(), new AbortController()];
    push('a', { signal: first.signal });
    push('b', { signal: second.signal });
    first.abort();
    expect([dropped, causes]).toEqual([['a'], ['aborted']]);
    takeAll();
    second.abort();
    expect([dropped, taken]).toEqual([['a'], ['b']]);
  });

  test('what is no signal is refused before anything gives way', () => {
    const { push, dropped, takeAll, taken } = outboxOf({ maxMessages: 1, whenFull: 'drop-oldest' });
    push('a', { key: 1 });
    expect(codeOf(() => push('b', { key: 1, signal: {} as AbortSignal }))).toBe('invalid-option');
    takeAll();
    expect([dropped, taken]).toEqual([[], ['a']]);
  });

  test('takes in, replaces and hands over each of many at the price of one', () => {
    const count = 100_000;
    const { push, dropped, takeAll, taken } = outboxOf({ maxMessages: count, maxBytes: count });
    const messages = Array.from({ length: count }, (_, index) => String(index % 10));
    for (const [key, message] of messages.entries()) push(message, { key });
    for (const [key, message] of messages.entries()) push(message, { key });
    expect(dropped).toEqual(messages);
    takeAll();
    expect(taken).toEqual(messages);
  }, 20_000);

  test('keeps to its limits, and loses nothing, when who is told of a drop sends another', () => {
    const full = { maxMessages: 2, maxBytes: 100, whenFull: 'drop-oldest' } as const;
    const told: string[] = [];
    const [enqueue, flush] = createOutbox<Outgoing>(full, new FakeClock(), (message, cause) => {
      told.push(`${String(message)} ${cause}`);
      if (told.length <= 2) enqueue(`again ${told.length}`, { key: 'k' });
    });
    for (const message of ['a', 'b', 'c']) enqueue(message, { key: message === 'c' ? 'k' : undefined });
    const taken: Outgoing[] = [];
    flush((message) => taken.push(message) > 0);
    expect(told).toEqual(['a queue-full', 'c replaced', 'again 1 replaced']);
    expect(taken).toEqual(['b', 'again 2']);
  });

  test('is cleared in order, also while what is told of it takes out more', () => {
    const { push, clear, bytes, clock } = outboxOf({});
    const controller = new AbortController();
    const told: string[] = [];
    const [enqueue, , clearAll] = createOutbox<Outgoing>({ maxMessages: 9, maxBytes: 9 }, clock, (message, cause) => {
      told.push(`${String(message)} ${cause}`);
      controller.abort();
    });
    enqueue('a', { ttlMs: 5 });
    enqueue('b', { signal: controller.signal });
    enqueue('c', {});
    clearAll('closed');
    expect(told).toEqual(['a closed', 'b aborted', 'c closed']);
    push('x', { ttlMs: 5 });
    clear('closed');
    expect([bytes(), clock.pendingTimers]).toEqual([0, 0]);
  });
});
