import { assert } from 'chai';
import { rowsOf, each } from '../row.ts';
import { glance, throwsType } from '../row-bench.ts';

const attributes = [
  'url',
  'readyState',
  'bufferedAmount',
  'extensions',
  'protocol',
  'onopen',
  'onerror',
  'onclose',
  'onmessage',
  'binaryType',
] as const;
const readOnly: readonly string[] = attributes.slice(0, 5);
const operations = ['close', 'send'] as const;
const constants = [
  ['CONNECTING', 0],
  ['OPEN', 1],
  ['CLOSING', 2],
  ['CLOSED', 3],
] as const;

/** The interface as Web IDL makes it. */
export const interfaceRows = rowsOf('interface', {
  'has its name and one required argument': ({ WebSocket }) => {
    assert.deepEqual([WebSocket.name, WebSocket.length], ['WebSocket', 1]);
  },
  'is an EventTarget': ({ WebSocket }) => {
    assert.strictEqual(Object.getPrototypeOf(WebSocket), EventTarget);
    assert.strictEqual(Object.getPrototypeOf(WebSocket.prototype), EventTarget.prototype);
  },
  'has a tag': ({ WebSocket }) => {
    assert.deepEqual(Object.getOwnPropertyDescriptor(WebSocket.prototype, Symbol.toStringTag), {
      value: 'WebSocket',
      writable: false,
      enumerable: false,
      configurable: true,
    });
  },
  'is made with new alone': ({ WebSocket, server }) => {
    throwsType(() => (WebSocket as unknown as (url: string) => unknown)(server));
  },
  'has just these members': ({ WebSocket }) => {
    const members = [...attributes, ...operations, ...constants.map(([name]) => name)];
    assert.sameMembers(Object.keys(WebSocket.prototype), members);
  },
  'keeps nothing enumerable on the object itself': async (bench) => {
    assert.deepEqual(await glance(bench, '/echo', Object.keys), []);
  },
  ...each(
    constants,
    (name) => `has the constant ${name} on both sides`,
    ({ WebSocket }, [name, value]) => {
      const fixed = { value, writable: false, enumerable: true, configurable: false };
      assert.deepEqual(Object.getOwnPropertyDescriptor(WebSocket, name), fixed);
      assert.deepEqual(Object.getOwnPropertyDescriptor(WebSocket.prototype, name), fixed);
    },
  ),
  ...each(
    attributes.map((name) => [name] as const),
    (name) => `has the attribute ${name}${readOnly.includes(name) ? ', read only' : ''}`,
    ({ WebSocket }, [name]) => {
      const descriptor = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
      assert.isFunction(descriptor?.get);
      assert.equal(typeof descriptor?.set, readOnly.includes(name) ? 'undefined' : 'function');
      assert.deepInclude(descriptor, { enumerable: true, configurable: true });
    },
  ),
  ...each(
    attributes.map((name) => [name] as const),
    (name) => `refuses ${name} of another object`,
    ({ WebSocket }, [name]) => throwsType(() => Reflect.get(WebSocket.prototype, name, {})),
  ),
  ...each(
    operations.map((name) => [name] as const),
    (name) => `has the operation ${name}, for its own objects alone`,
    ({ WebSocket }, [name]) => {
      const descriptor = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
      assert.deepInclude(descriptor, { writable: true, enumerable: true, configurable: true });
      assert.equal(WebSocket.prototype[name].length, name === 'send' ? 1 : 0);
      throwsType(() => Reflect.apply(WebSocket.prototype[name] as () => void, {}, ['x']));
    },
  ),
});
