import { describe, expect, it, test } from 'vitest';
import { CloseEvent, RuntimeCloseEvent } from './close-event.ts';
import { ErrorEvent, RuntimeErrorEvent } from './error-event.ts';

const global = globalThis as { CloseEvent?: unknown; ErrorEvent?: unknown };

test.for<[name: string, used: unknown, ours: unknown, runtimes: unknown]>([
  ['CloseEvent', RuntimeCloseEvent, CloseEvent, global.CloseEvent],
  ['ErrorEvent', RuntimeErrorEvent, ErrorEvent, global.ErrorEvent],
])('%s is that of the runtime, where it has one', ([, used, ours, runtimes]) => {
  expect(used).toBe(runtimes ?? ours);
});

describe('CloseEvent', () => {
  it('has what it was made with', () => {
    const event = new CloseEvent('close', { wasClean: true, code: 1000, reason: 'bye', cancelable: true });
    expect([event.type, event.wasClean, event.code, event.reason, event.cancelable, event.bubbles]).toEqual([
      'close',
      true,
      1000,
      'bye',
      true,
      false,
    ]);
  });

  it.for<[name: string, init: object | undefined]>([
    ['nothing', undefined],
    ['an empty object', {}],
    ['undefined members', { wasClean: undefined, code: undefined, reason: undefined }],
  ])('has the defaults by %s', ([, init]) => {
    const event = new CloseEvent('close', init);
    expect([event.wasClean, event.code, event.reason]).toEqual([false, 0, '']);
  });

  it('can be made of another, which is how libraries copy it', () => {
    const event = new CloseEvent('close', new CloseEvent('x', { wasClean: true, code: 4000, reason: 'r' }));
    expect([event.type, event.wasClean, event.code, event.reason]).toEqual(['close', true, 4000, 'r']);
  });

  it.for<[given: unknown, code: number]>([
    [65_535, 65_535],
    [65_536, 0],
    [-1, 65_535],
    ['1000', 1000],
    [1000.9, 1000],
    [Number.NaN, 0],
  ])('takes %o for the code %i (Web IDL, unsigned short)', ([given, code]) => {
    expect(new CloseEvent('close', { code: given as number }).code).toBe(code);
  });

  it('converts the reason and wasClean', () => {
    const event = new CloseEvent('close', { reason: '\ud800', wasClean: 'yes' as unknown as boolean });
    expect([event.reason, event.wasClean]).toEqual(['\ufffd', true]);
  });

  it('is an Event with members that can be enumerated, and a tag', () => {
    const event = new CloseEvent('close');
    expect(event).toBeInstanceOf(Event);
    expect(Object.prototype.toString.call(event)).toBe('[object CloseEvent]');
    expect(Object.keys(CloseEvent.prototype)).toEqual(['wasClean', 'code', 'reason']);
  });
});

describe('ErrorEvent', () => {
  it('has what it was made with', () => {
    const error = new Error('why');
    const event = new ErrorEvent('error', { error, message: 'why' });
    expect([event.type, event.error, event.message]).toEqual(['error', error, 'why']);
  });

  it('has the defaults', () => {
    const event = new ErrorEvent('error');
    expect([event.error, event.message]).toEqual([undefined, '']);
  });

  it('is an Event with members that can be enumerated, and a tag', () => {
    expect(new ErrorEvent('error')).toBeInstanceOf(Event);
    expect(Object.prototype.toString.call(new ErrorEvent('error'))).toBe('[object ErrorEvent]');
    expect(Object.keys(ErrorEvent.prototype)).toEqual(['error', 'message']);
  });
});
