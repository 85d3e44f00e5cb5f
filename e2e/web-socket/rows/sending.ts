import { assert } from 'chai';
import { each, rowsOf } from '../row.ts';
import { echoOf, end, glance, next, open, throwsDom, throwsType } from '../row-bench.ts';

const bytes = Uint8Array.from({ length: 16 }, (_, index) => index);
const { buffer } = bytes;

const texts: readonly (readonly [name: string, given: unknown, text: string])[] = [
  ['""', '', ''],
  ['"a"', 'a', 'a'],
  ['"é€\u{1f600}"', 'é€\u{1f600}', 'é€\u{1f600}'],
  ['"\\0"', '\0', '\0'],
  ['a leading U+FEFF', '\ufeffa', '\ufeffa'],
  ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ['65,536 letters', 'x'.repeat(65_536), 'x'.repeat(65_536)],
  ['null', null, 'null'],
  ['undefined', undefined, 'undefined'],
  ['a number', 1.5, '1.5'],
  ['true', true, 'true'],
  ['an object', { toString: () => 'me' }, 'me'],
  ['a list', [1, 2], '1,2'],
];

const binaries: readonly (readonly [
  name: string,
  given: ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob,
  sent: readonly number[],
])[] = [
  ['an ArrayBuffer', buffer.slice(0, 3), [0, 1, 2]],
  ['an empty ArrayBuffer', new ArrayBuffer(0), []],
  ['a Uint8Array in the middle', new Uint8Array(buffer, 3, 2), [3, 4]],
  ['a Uint8ClampedArray', new Uint8ClampedArray(buffer, 0, 1), [0]],
  ['an Int8Array', new Int8Array(buffer, 15), [15]],
  ['an Int16Array', new Int16Array(buffer, 2, 1), [2, 3]],
  ['a Uint16Array', new Uint16Array(buffer, 4, 1), [4, 5]],
  ['an Int32Array', new Int32Array(buffer, 4, 1), [4, 5, 6, 7]],
  ['a Uint32Array', new Uint32Array(buffer, 8, 1), [8, 9, 10, 11]],
  ['a Float32Array', new Float32Array(buffer, 12, 1), [12, 13, 14, 15]],
  ['a Float64Array', new Float64Array(buffer, 8, 1), [8, 9, 10, 11, 12, 13, 14, 15]],
  ['a BigInt64Array', new BigInt64Array(buffer, 8, 1), [8, 9, 10, 11, 12, 13, 14, 15]],
  ['a DataView', new DataView(buffer, 5, 3), [5, 6, 7]],
  ['an empty view', new Uint8Array(buffer, 16), []],
  ['a Blob', new Blob([bytes.subarray(0, 2), 'a']), [0, 1, 97]],
  ['an empty Blob', new Blob([]), []],
  ['65,536 bytes', new ArrayBuffer(65_536), Array.from({ length: 65_536 }, () => 0)],
];

/** `send(data)` */
export const sendingRows = rowsOf('send()', {
  ...each(
    texts,
    (name) => `sends ${name} as text`,
    async (bench, [, given, text]) => {
      const socket = await open(bench, '/echo');
      assert.strictEqual(await echoOf(socket, given), text);
      await end(socket);
    },
  ),
  ...each(
    binaries,
    (name) => `sends ${name} as bytes`,
    async (bench, [, given, sent]) => {
      const socket = await open(bench, '/echo');
      socket.binaryType = 'arraybuffer';
      const data = (await echoOf(socket, given)) as ArrayBuffer;
      assert.deepEqual(Array.from(new Uint8Array(data)), [...sent]);
      await end(socket);
    },
  ),
  'keeps the order of text, Blobs and views, each as it was': async (bench) => {
    const socket = await open(bench, '/echo');
    socket.binaryType = 'arraybuffer';
    const told: string[] = [];
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      told.push(typeof data === 'string' ? data : `bytes ${new Uint8Array(data).join()}`);
    });
    const view = Uint8Array.of(3);
    socket.send('1');
    socket.send(new Blob([Uint8Array.of(2)]));
    socket.send(view);
    view[0] = 9;
    socket.send(new Blob([Uint8Array.of(4)]));
    socket.send('5');
    while (told.length < 5) await next(socket, 'message');
    assert.deepEqual(told, ['1', 'bytes 2', 'bytes 3', 'bytes 4', '5']);
    await end(socket);
  },
  'sends the same where messages are compressed, each as it was': async (bench) => {
    const socket = await open(bench, '/deflate');
    socket.binaryType = 'arraybuffer';
    const text = 'holdfast '.repeat(1000);
    assert.strictEqual(await echoOf(socket, text), text);
    assert.strictEqual(await echoOf(socket, ''), '');
    const view = new Uint8Array(10_000).fill(7);
    const echo = echoOf(socket, view);
    view.fill(8);
    assert.deepEqual(new Uint8Array((await echo) as ArrayBuffer), new Uint8Array(10_000).fill(7));
    await end(socket);
  },
  'is an InvalidStateError while CONNECTING': (bench) =>
    glance(bench, '/echo', (socket) => {
      throwsDom('InvalidStateError', () => socket.send('x'));
      assert.equal(socket.bufferedAmount, 0);
    }),
  'converts first: a symbol is a TypeError while CONNECTING, too': (bench) =>
    glance(bench, '/echo', (socket) => throwsType(() => socket.send(Symbol('x') as never))),
  'needs an argument: TypeError': (bench) =>
    glance(bench, '/echo', (socket) => throwsType(() => (socket.send as () => void)())),
  'refuses a view of a resizable buffer: TypeError': async (bench) => {
    const socket = await open(bench, '/echo');
    const Resizable = ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer;
    throwsType(() => socket.send(new Uint8Array(new Resizable(4, { maxByteLength: 8 }))));
    await end(socket);
  },
  'sends a detached buffer as no bytes': async (bench) => {
    const socket = await open(bench, '/echo');
    const detached = new ArrayBuffer(4);
    structuredClone(detached, { transfer: [detached] });
    assert.equal(((await echoOf(socket, detached)) as Blob).size, 0);
    await end(socket);
  },
  'does nothing once CLOSING or CLOSED': async (bench) => {
    const socket = await open(bench, '/echo');
    const diary: unknown[] = [];
    socket.addEventListener('message', ({ data }) => diary.push(data));
    const closed = end(socket, 1000);
    socket.send('late');
    await closed;
    socket.send('later');
    assert.deepEqual(diary, []);
  },
});

/** `bufferedAmount` */
export const bufferedAmountRows = rowsOf('bufferedAmount', {
  'counts the bytes of each message, and falls when they are written': async (bench) => {
    const socket = await open(bench, '/echo');
    const amounts: number[] = [];
    for (const message of ['é', new Uint16Array(2), new ArrayBuffer(3), new Blob(['abc']), '\ud800']) {
      socket.send(message);
      amounts.push(socket.bufferedAmount);
    }
    assert.deepEqual(amounts, [2, 6, 9, 12, 15]);
    while (socket.bufferedAmount > 0) await next(socket, 'message');
    await end(socket);
    assert.equal(socket.bufferedAmount, 0);
  },
  'counts what was sent, not what becomes of it by compression': async (bench) => {
    const socket = await open(bench, '/deflate');
    socket.send('x'.repeat(10_000));
    assert.equal(socket.bufferedAmount, 10_000);
    await end(socket);
  },
  'does not fall within the task': async (bench) => {
    const socket = await open(bench, '/echo');
    socket.send('abc');
    for (let hop = 0; hop < 5; hop++) await Promise.resolve();
    assert.equal(socket.bufferedAmount, 3);
    await end(socket);
  },
  'only grows once CLOSING, and CLOSED': async (bench) => {
    const socket = await open(bench, '/echo');
    const closed = end(socket);
    const amounts: number[] = [];
    for (const message of ['é', new Uint8Array(4)]) {
      socket.send(message);
      amounts.push(socket.bufferedAmount);
    }
    await closed;
    socket.send(new Blob(['abc']));
    amounts.push(socket.bufferedAmount);
    assert.deepEqual(amounts, [2, 6, 9]);
  },
});
