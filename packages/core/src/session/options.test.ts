import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import { type CommonOptions, resolveOptions } from './options.ts';

const refusal = (options: unknown) => {
  try {
    resolveOptions(options as CommonOptions);
  } catch (error) {
    const { code, message } = error as HoldfastError;
    return `${code} ${message}`;
  }
  return 'taken';
};

describe('resolveOptions', () => {
  test('fills in every default', () => {
    expect(resolveOptions({})).toMatchObject({
      connectTimeoutMs: 15_000,
      closeTimeoutMs: 5_000,
      reconnect: { minDelayMs: 500, maxDelayMs: 30_000, maxAttempts: Number.POSITIVE_INFINITY, stableAfterMs: 5_000 },
      heartbeat: { intervalMs: 20_000, timeoutMs: 10_000 },
      outbox: { maxMessages: 100_000, maxBytes: 16 * 1024 * 1024, whenFull: 'throw' },
      highWaterMark: 1024 * 1024,
      maxMessageBytes: 16 * 1024 * 1024,
    });
  });

  test('takes what is given, and the default for what is undefined', () => {
    const options = {
      closeTimeoutMs: undefined,
      reconnect: { minDelayMs: 1, maxAttempts: undefined },
      heartbeat: false,
    };
    const resolved = resolveOptions(options as unknown as CommonOptions);
    expect(resolved).toMatchObject({
      closeTimeoutMs: 5_000,
      reconnect: { minDelayMs: 1, maxAttempts: Number.POSITIVE_INFINITY },
      heartbeat: {},
    });
  });

  test.each([
    [{ reconnect: false }],
    [{ outbox: false }],
    [{ reconnect: { maxAttempts: Number.POSITIVE_INFINITY } }],
    [{ signal: new AbortController().signal }],
    [{ protocols: () => ['a'] }],
  ])('takes %j', (options) => {
    expect(refusal(options)).toBe('taken');
  });

  test.each([
    [{ reconect: {} }, 'unknown-option', 'reconect'],
    [{ constructor: 1 }, 'option', 'constructor'],
    [{ reconnect: { minDelay: 5 } }, 'unknown-option', 'reconnect.minDelay'],
    [{ reconnect: true }, 'invalid-option', 'reconnect true'],
    [{ reconnect: { shouldReconnect: true } }, 'invalid-option', 'shouldReconnect true'],
    [{ heartbeat: 30_000 }, 'invalid-option', 'heartbeat 30000'],
    [Object.create({ inherited: 1 }), 'unknown-option', 'inherited'],
    [{ reconnect: null }, 'invalid-option', 'reconnect null'],
    [5, 'invalid-option', '5'],
    [{ heartbeat: { intervalMs: Number.NaN } }, 'invalid-option', 'NaN'],
    [{ connectTimeoutMs: -1 }, 'invalid-option', '-1'],
    [{ closeTimeoutMs: '5' }, 'invalid-option', 'closeTimeoutMs 5'],
    [{ highWaterMark: false }, 'invalid-option', 'highWaterMark false'],
  ])('refuses %j: %s, naming %s', (options, code, named) => {
    const told = refusal(options);
    expect(told).toContain(code);
    expect(told).toContain(named);
  });

  test('names what is allowed', () => {
    expect(refusal({ reconect: {} })).toContain('reconnect');
  });
});
