import { describe, expect, test } from 'vitest';
import { abnormal } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import { type DialCause, isWorthRetrying } from './retry-policy.ts';
import { advance, type ClientState, type SessionInput, type SessionPolicy } from './session.ts';

const shouldReconnect = (cause: DialCause) => isWorthRetrying({ ...cause, refusals: 0, canRefresh: false });
const policy: SessionPolicy = {
  urlTimeoutMs: 10,
  connectTimeoutMs: 11,
  closeTimeoutMs: 22,
  reconnect: {
    minDelayMs: 100,
    maxDelayMs: 1000,
    maxAttempts: 3,
    stableAfterMs: 33,
    budget: undefined,
  },
};
const guard = <T>(_who: string, call: () => T) => call();
const opened = { url: 'ws://x/', protocol: 'p', resumed: false };

const asking: ClientState = { name: 'connecting', attempt: 1 };
const connecting: ClientState = { name: 'connecting', attempt: 1, url: 'ws://x/' };
const open: ClientState = { name: 'open', attempt: 1, ...opened };
const waiting: ClientState = { name: 'waiting', attempt: 2, delayMs: 100 };
const closing: ClientState = { name: 'closing', code: 4000, reason: 'bye' };
const closed: ClientState = { name: 'closed', ...abnormal() };
const states = { connecting, open, waiting, closing, closed };

const cut = abnormal();
const bye = { code: 1000, reason: 'bye', wasClean: true };
const close = { code: 4000, reason: 'bye', isWaiting: false };
const bye4000 = { code: 4000, reason: 'bye', wasClean: true };

type Row = readonly [from: ClientState, input: SessionInput, to: unknown, timerMs?: number | undefined, lost?: unknown];

const table: Record<string, Row> = {
  'the app says where to dial': [asking, ['asked', 'ws://x/'], connecting, 11],
  'the app takes too long to say': [
    asking,
    ['timeout'],
    { name: 'waiting', attempt: 2 },
    100,
    { code: 1006, error: { code: 'url-timeout' } },
  ],
  'a dial succeeds': [connecting, ['opened', opened], open, 33],
  'a dial fails': [connecting, ['ended', cut], { name: 'waiting', attempt: 2, delayMs: 100 }, 100, cut],
  'the last dial fails': [
    { name: 'connecting', attempt: 3 },
    ['ended', cut],
    { name: 'closed', code: 1006 },
    undefined,
    cut,
  ],
  'a dial takes too long': [
    connecting,
    ['timeout'],
    { name: 'waiting', attempt: 2 },
    100,
    { code: 1006, error: { code: 'connect-timeout' } },
  ],
  'a dial cannot go otherwise': [connecting, ['failed', cut], { name: 'closed' }, undefined, cut],
  'the app closes while dialing': [connecting, ['close', close], { name: 'closed', ...bye4000 }, undefined, bye4000],
  'the app closes while dialing, and messages wait': [
    connecting,
    ['close', { ...close, isWaiting: true }],
    closing,
    22,
  ],
  'the app closes while waiting, though messages wait': [
    waiting,
    ['close', { ...close, isWaiting: true }],
    { name: 'closed', ...bye4000 },
  ],
  'a link ends': [open, ['ended', cut], { name: 'waiting', attempt: 2, delayMs: 100 }, 100, cut],
  'a link ends after a stable time': [
    { ...open, attempt: 0 },
    ['ended', cut],
    { name: 'waiting', attempt: 1 },
    100,
    cut,
  ],
  'the peer is done': [open, ['ended', bye], { name: 'closed', ...bye }, undefined, bye],
  'a link has held': [open, ['timeout'], { ...open, attempt: 0 }],
  'the app dials anew': [open, ['dial'], { name: 'connecting', attempt: 1 }, 10, { code: 1006 }],
  'the app closes': [open, ['close', close], closing, 22],
  'the signal is aborted while open': [open, ['failed', cut], { name: 'closed', code: 1006 }, undefined, cut],
  'the delay is over': [waiting, ['timeout'], { name: 'connecting', attempt: 2 }, 10],
  'the app dials while waiting': [waiting, ['dial'], { name: 'connecting', attempt: 2 }, 10],
  'the app closes while waiting': [waiting, ['close', close], { name: 'closed', ...bye4000 }],
  'the signal is aborted while waiting': [waiting, ['failed', cut], { name: 'closed', code: 1006 }],
  'the closing handshake is done': [closing, ['ended', bye], { name: 'closed', ...bye }, undefined, bye],
  'the closing handshake takes too long': [
    closing,
    ['timeout'],
    { name: 'closed', code: 1006, wasClean: false, error: { code: 'close-timeout' } },
    undefined,
    { error: { code: 'close-timeout' } },
  ],
};

describe('advance', () => {
  test.each(Object.entries(table))('%s', (_name, [from, input, to, timerMs, lost]) => {
    const step = advance(from, input, policy, 0, 0, guard, shouldReconnect);
    expect(step?.[0]).toMatchObject(to as object);
    expect(step?.[1]).toBe(timerMs);
    if (lost === undefined) expect(step?.[2]).toBeUndefined();
    else expect(step?.[2]).toMatchObject(lost as object);
  });

  const inputs: SessionInput[] = [
    ['asked', 'ws://x/'],
    ['opened', opened],
    ['ended', cut],
    ['failed', cut],
    ['timeout'],
    ['dial'],
    ['close', close],
  ];
  const changes = new Set(Object.values(table).map(([from, [type]]) => `${from.name} ${type}`));

  test.each(
    Object.values(states).flatMap((state) =>
      inputs
        .filter(([type]) => !changes.has(`${state.name} ${type}`))
        .filter(([type]) => `${state.name} ${type}` !== 'closing failed')
        .map((input) => [state.name, input[0], state, input] as const),
    ),
  )('in %s, %s changes nothing', (_state, _type, state, input) => {
    expect(advance(state, input, policy, 0, 0, guard, shouldReconnect)).toBeUndefined();
  });

  test.each([
    // code, random, delay
    [1012, 0, 5_000],
    [1013, 0.5, 17_500],
    [1012, 0.999, 20_000],
    [1011, 0, 100],
  ])('after close code %i the wait, by chance %d, is %d ms', (code, random, delayMs) => {
    const patient = { ...policy, reconnect: { ...policy.reconnect, maxDelayMs: 20_000 } };
    const ended: SessionInput = ['ended', { code, reason: '', wasClean: true }];
    expect(advance(open, ended, patient, random, 0, guard, shouldReconnect)?.[1]).toBe(delayMs);
  });

  test.each([
    // shortest, random, delay
    [0, 0, 0],
    [0, 0.5, 0],
    [100, 0, 100],
    [100, 0.5, 1_000],
  ])('after thousands of attempts, from %i ms and by chance %d, the delay is %i ms', (minDelayMs, random, delayMs) => {
    const patient = {
      ...policy,
      reconnect: { ...policy.reconnect, minDelayMs, maxDelayMs: 1_000, maxAttempts: Infinity },
    };
    const late: ClientState = { ...connecting, attempt: 5_000 };
    expect(advance(late, ['ended', cut], patient, random, 0, guard, shouldReconnect)?.[1]).toBe(delayMs);
  });

  test('Retry-After is waited for, also beyond the longest delay', () => {
    const error = new HoldfastError('http-status', '', { status: 503, retryAfterMs: 60_000 });
    expect(advance(connecting, ['ended', abnormal(error)], policy, 0, 0, guard, shouldReconnect)?.[1]).toBe(60_000);
  });

  test('a budget puts a dial off, and is only asked where there is one to come', () => {
    const asked: number[] = [];
    const budget = (nowMs: number) => asked.push(nowMs) * 5_000;
    const frugal = { ...policy, reconnect: { ...policy.reconnect, budget } };
    expect(advance(connecting, ['ended', cut], frugal, 0, 77, guard, shouldReconnect)?.[1]).toBe(5_000);
    expect(advance(connecting, ['ended', bye], frugal, 0, 78, guard, shouldReconnect)?.[0].name).toBe('closed');
    expect(asked).toEqual([77]);
  });

  test('without reconnect, any end closes', () => {
    for (const state of [connecting, open]) {
      expect(
        advance(state, ['ended', cut], { ...policy, reconnect: {} }, 0, 0, guard, shouldReconnect)?.[0],
      ).toMatchObject({
        name: 'closed',
      });
    }
  });

  test.each([
    // attempt, random, delay
    [1, 0, 100],
    [1, 0.5, 150],
    [1, 0.999999, 200],
    [2, 0.999999, 400],
    [3, 0.5, 450],
    [4, 0.999999, 1000],
    [9, 0, 100],
    [9, 0.999999, 1000],
    [5000, 0.999999, 1000],
  ])('after %i failed dials, with chance %f, it waits %i ms', (attempt, random, delayMs) => {
    const endless = { ...policy, reconnect: { ...policy.reconnect, maxAttempts: Infinity } };
    const step = advance({ name: 'connecting', attempt }, ['ended', cut], endless, random, 0, guard, shouldReconnect);
    expect(step?.[1]).toBeCloseTo(delayMs, 0);
    expect(step?.[0]).toMatchObject({ name: 'waiting', delayMs: step?.[1] });
  });

  test('no delay at all can be asked for', () => {
    const atOnce = { ...policy, reconnect: { ...policy.reconnect, minDelayMs: 0, maxDelayMs: 0 } };
    expect(advance(connecting, ['ended', cut], atOnce, 0.9, 0, guard, shouldReconnect)?.[1]).toBe(0);
  });
});
