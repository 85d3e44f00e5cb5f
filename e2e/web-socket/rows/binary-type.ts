import { assert } from 'chai';
import { each, rowsOf } from '../row.ts';
import { echoOf, end, glance, open } from '../row-bench.ts';

const values: readonly (readonly [name: string, given: unknown, held: string])[] = [
  ['"arraybuffer"', 'arraybuffer', 'arraybuffer'],
  ['"blob"', 'blob', 'blob'],
  ['what is "arraybuffer" as text', { toString: () => 'arraybuffer' }, 'arraybuffer'],
  ['"ArrayBuffer"', 'ArrayBuffer', 'blob'],
  ['"nodebuffer"', 'nodebuffer', 'blob'],
  ['""', '', 'blob'],
  ['null', null, 'blob'],
  ['undefined', undefined, 'blob'],
];

/** `binaryType` */
export const binaryTypeRows = rowsOf('binaryType', {
  ...each(
    values,
    (name) => `set to ${name}`,
    (bench, [, given, held]) =>
      glance(bench, '/echo', (socket) => {
        socket.binaryType = given as 'blob';
        assert.equal(socket.binaryType, held);
      }),
  ),
  'stays as it was for what is no value of it': (bench) =>
    glance(bench, '/echo', (socket) => {
      socket.binaryType = 'arraybuffer';
      socket.binaryType = 'text' as 'blob';
      assert.equal(socket.binaryType, 'arraybuffer');
    }),
  'blob gives Blobs': async (bench) => {
    const socket = await open(bench, '/echo');
    const data = (await echoOf(socket, Uint8Array.of(1, 2))) as Blob;
    assert.instanceOf(data, Blob);
    assert.deepEqual([data.size, data.type], [2, '']);
    assert.deepEqual(Array.from(new Uint8Array(await data.arrayBuffer())), [1, 2]);
    await end(socket);
  },
  'arraybuffer gives ArrayBuffers of just the bytes': async (bench) => {
    const socket = await open(bench, '/echo');
    socket.binaryType = 'arraybuffer';
    const data = (await echoOf(socket, Uint8Array.of(1, 2))) as ArrayBuffer;
    assert.instanceOf(data, ArrayBuffer);
    assert.deepEqual(Array.from(new Uint8Array(data)), [1, 2]);
    await end(socket);
  },
  'says nothing of text': async (bench) => {
    const socket = await open(bench, '/echo');
    socket.binaryType = 'arraybuffer';
    assert.strictEqual(await echoOf(socket, 'text'), 'text');
    await end(socket);
  },
  'can change between two messages': async (bench) => {
    const socket = await open(bench, '/echo');
    assert.instanceOf(await echoOf(socket, Uint8Array.of(1)), Blob);
    socket.binaryType = 'arraybuffer';
    assert.instanceOf(await echoOf(socket, Uint8Array.of(1)), ArrayBuffer);
    socket.binaryType = 'blob';
    assert.instanceOf(await echoOf(socket, Uint8Array.of(1)), Blob);
    await end(socket);
  },
});
