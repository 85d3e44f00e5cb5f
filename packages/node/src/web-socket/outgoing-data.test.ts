import { File } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { byteLengthOf, type OutgoingData, toOutgoingData } from './outgoing-data.ts';

const bytes = Uint8Array.from({ length: 16 }, (_, index) => index);
const { buffer } = bytes;

const resizable = () =>
  new (ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer)(8, { maxByteLength: 16 });

function detached(): ArrayBuffer {
  const gone = new ArrayBuffer(8);
  structuredClone(gone, { transfer: [gone] });
  return gone;
}

const detachedView = (View: new (buffer: ArrayBuffer) => ArrayBufferView) => {
  const gone = new ArrayBuffer(8);
  const view = new View(gone);
  structuredClone(gone, { transfer: [gone] });
  return view;
};

describe('bytes', () => {
  test.for<[name: string, given: unknown, sent: readonly number[]]>([
    ['an ArrayBuffer', buffer.slice(0, 4), [0, 1, 2, 3]],
    ['an empty ArrayBuffer', new ArrayBuffer(0), []],
    ['a Uint8Array', bytes.subarray(0, 2), [0, 1]],
    ['a Uint8Array from the middle', new Uint8Array(buffer, 3, 2), [3, 4]],
    ['a Uint8ClampedArray', new Uint8ClampedArray(buffer, 1, 2), [1, 2]],
    ['an Int8Array', new Int8Array(buffer, 2, 1), [2]],
    ['an Int16Array', new Int16Array(buffer, 2, 1), [2, 3]],
    ['a Uint16Array', new Uint16Array(buffer, 4, 2), [4, 5, 6, 7]],
    ['an Int32Array', new Int32Array(buffer, 4, 1), [4, 5, 6, 7]],
    ['a Uint32Array', new Uint32Array(buffer, 8, 1), [8, 9, 10, 11]],
    ['a Float32Array', new Float32Array(buffer, 12, 1), [12, 13, 14, 15]],
    ['a Float64Array', new Float64Array(buffer, 8, 1), [8, 9, 10, 11, 12, 13, 14, 15]],
    ['a BigInt64Array', new BigInt64Array(buffer, 8, 1), [8, 9, 10, 11, 12, 13, 14, 15]],
    ['a BigUint64Array', new BigUint64Array(buffer, 0, 1), [0, 1, 2, 3, 4, 5, 6, 7]],
    ['a DataView', new DataView(buffer, 5, 3), [5, 6, 7]],
    ['an empty view', new Uint8Array(buffer, 16), []],
    ['a Buffer', Buffer.from('abc'), [97, 98, 99]],
    ['a detached ArrayBuffer', detached(), []],
    ['a view whose buffer was detached', detachedView(Uint16Array), []],
    ['a DataView whose buffer was detached', detachedView(DataView), []],
  ])('of %s', ([, given, sent]) => {
    const data = toOutgoingData(given);
    expect(data).toBeInstanceOf(Uint8Array);
    expect(Array.from(data as Uint8Array)).toEqual(sent);
    expect(byteLengthOf(data)).toBe(sent.length);
  });

  test.for<[name: string, given: () => unknown]>([
    ['that threads share, in a view', () => new Uint8Array(new SharedArrayBuffer(4))],
    ['that threads share, in a DataView', () => new DataView(new SharedArrayBuffer(4))],
    ['that threads share, none of them', () => new Uint8Array(new SharedArrayBuffer(0))],
    ['of a resizable buffer', resizable],
    ['of a view of a resizable buffer', () => new Uint8Array(resizable(), 0, 2)],
    ['of a DataView of a resizable buffer', () => new DataView(resizable())],
  ])('%s are refused', ([, given]) => {
    expect(() => toOutgoingData(given())).toThrow(TypeError);
  });
});

describe('what is neither bytes nor a Blob is text', () => {
  test.for<[given: unknown, text: string, length: number]>([
    ['', '', 0],
    ['a', 'a', 1],
    ['é', 'é', 2],
    ['\u20ac', '\u20ac', 3],
    ['\u{1f600}', '\u{1f600}', 4],
    ['\ud83d', '\ufffd', 3],
    [null, 'null', 4],
    [undefined, 'undefined', 9],
    [7, '7', 1],
    [true, 'true', 4],
    [{}, '[object Object]', 15],
    [[1, 2], '1,2', 3],
    [Object('text'), 'text', 4],
    [new SharedArrayBuffer(4), '[object SharedArrayBuffer]', 26],
  ])('%o is %j', ([given, text, length]) => {
    const data = toOutgoingData(given);
    expect(data).toBe(text);
    expect(byteLengthOf(data)).toBe(length);
  });
});

test.for<[name: string, given: Blob]>([
  ['a Blob', new Blob(['abc'])],
  ['a File', new File(['abc'], 'abc.txt')],
])('%s stays as it is', ([, given]) => {
  const data: OutgoingData = toOutgoingData(given);
  expect(data).toBe(given);
  expect(byteLengthOf(data)).toBe(3);
});

test('a symbol is a TypeError', () => {
  expect(() => toOutgoingData(Symbol('x'))).toThrow(TypeError);
});
