import { describe, expect, it, test } from 'vitest';
import { WebSocket } from './web-socket.ts';

const { prototype } = WebSocket;
const descriptor = (name: string) => Object.getOwnPropertyDescriptor(prototype, name);

describe('the class (Web IDL, interface objects)', () => {
  it('has the name and the length of the standard', () => {
    expect([WebSocket.name, WebSocket.length]).toEqual(['WebSocket', 1]);
  });

  it('extends EventTarget', () => {
    expect(Object.getPrototypeOf(WebSocket)).toBe(EventTarget);
    expect(Object.getPrototypeOf(prototype)).toBe(EventTarget.prototype);
  });

  it('has a tag that cannot be enumerated or written', () => {
    expect(Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)).toEqual({
      value: 'WebSocket',
      writable: false,
      enumerable: false,
      configurable: true,
    });
  });

  it('is made with new alone', () => {
    const call = WebSocket as unknown as (url: string) => unknown;
    expect(() => call('ws://a.test/')).toThrow(TypeError);
  });

  it('needs one argument', () => {
    const make = WebSocket as unknown as new () => WebSocket;
    expect(() => new make()).toThrow(TypeError);
  });
});

describe.each([
  ['CONNECTING', 0],
  ['OPEN', 1],
  ['CLOSING', 2],
  ['CLOSED', 3],
])('the constant %s', (name, value) => {
  test.for<[where: string, holder: object]>([
    ['the class', WebSocket],
    ['the prototype', prototype],
  ])('stands on %s and cannot change', ([, holder]) => {
    expect(Object.getOwnPropertyDescriptor(holder, name)).toEqual({
      value,
      writable: false,
      enumerable: true,
      configurable: false,
    });
  });
});

describe('the attributes', () => {
  test.each(['url', 'readyState', 'bufferedAmount', 'extensions', 'protocol'])('%s is read only', (name) => {
    expect(descriptor(name)).toMatchObject({
      get: expect.any(Function),
      set: undefined,
      enumerable: true,
      configurable: true,
    });
  });

  test.each(['onopen', 'onmessage', 'onerror', 'onclose', 'binaryType'])('%s can be set', (name) => {
    expect(descriptor(name)).toMatchObject({
      get: expect.any(Function),
      set: expect.any(Function),
      enumerable: true,
      configurable: true,
    });
  });

  test.each(['url', 'readyState', 'bufferedAmount', 'extensions', 'protocol', 'onopen', 'binaryType'])(
    '%s of what is no WebSocket is a TypeError',
    (name) => {
      expect(() => Reflect.get(prototype, name)).toThrow(TypeError);
      expect(() => Reflect.get(prototype, name, new EventTarget())).toThrow(TypeError);
    },
  );

  test.each(['onopen', 'onmessage', 'onerror', 'onclose'])('%s cannot be set on what is no WebSocket', (name) => {
    expect(() => descriptor(name)?.set?.call({}, null)).toThrow(TypeError);
  });
});

describe('the operations', () => {
  test.each([
    ['send', 1],
    ['close', 0],
  ])('%s can be enumerated, and has %i as length', (name, length) => {
    expect(descriptor(name)).toMatchObject({ writable: true, enumerable: true, configurable: true });
    expect(descriptor(name)?.value).toHaveLength(length);
  });

  test.each(['send', 'close'])('%s on what is no WebSocket is a TypeError', (name) => {
    expect(() => descriptor(name)?.value.call({}, 'x')).toThrow(TypeError);
  });

  it('are no more than those of the standard, and the attributes', () => {
    expect([...Object.keys(prototype)].sort()).toEqual([
      'CLOSED',
      'CLOSING',
      'CONNECTING',
      'OPEN',
      'binaryType',
      'bufferedAmount',
      'close',
      'extensions',
      'onclose',
      'onerror',
      'onmessage',
      'onopen',
      'protocol',
      'readyState',
      'send',
      'url',
    ]);
    expect(Object.keys(WebSocket)).toEqual(['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']);
  });
});
