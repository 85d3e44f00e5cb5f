import { assert } from 'chai';
import { each, rowsOf } from '../row.ts';
import { end, glance, keepDiary, next, open, throwsDom, throwsType } from '../row-bench.ts';

const taken: readonly (readonly [name: string, given: readonly unknown[], code: number, reason: string])[] = [
  ['nothing', [], 1005, ''],
  ['undefined', [undefined], 1005, ''],
  ['undefined twice', [undefined, undefined], 1005, ''],
  ['1000', [1000], 1000, ''],
  ['"1000"', ['1000'], 1000, ''],
  ['999.5, which is 1000', [999.5], 1000, ''],
  ['1000.5, which is 1000', [1000.5], 1000, ''],
  ['2999.5, which is 3000', [2999.5], 3000, ''],
  ['3000 and a reason', [3000, 'bye'], 3000, 'bye'],
  ['4999 and a reason', [4999, 'é'], 4999, 'é'],
  ['a reason of a lone surrogate', [1000, '\ud800'], 1000, '\ufffd'],
  ['null for a reason, which is text', [1000, null], 1000, 'null'],
  ['a reason of 123 bytes', [1000, 'a'.repeat(123)], 1000, 'a'.repeat(123)],
];

const refusedCodes: readonly (readonly [name: string, code: unknown])[] = [
  ['0', 0],
  ['null', null],
  ['NaN', Number.NaN],
  ['"text"', 'text'],
  ['500', 500],
  ['999', 999],
  ['1001', 1001],
  ['1005', 1005],
  ['1006', 1006],
  ['1015', 1015],
  ['2999', 2999],
  ['5000', 5000],
  ['65,536 + 1000', 66_536],
  ['-1', -1],
  ['Infinity', Number.POSITIVE_INFINITY],
];

const refusedReasons = [
  ['124 bytes', 'a'.repeat(124)],
  ['124 bytes of 62 letters', 'é'.repeat(62)],
  ['42 lone surrogates', '\ud800'.repeat(42)],
] as const;

type Given = [code?: number, reason?: string];

/** `close(code, reason)`; the server of the rows answers with the code and the reason that it got. */
export const closingRows = rowsOf('close()', {
  ...each(
    taken,
    (name) => `takes ${name}`,
    async (bench, [, given, code, reason]) => {
      const socket = await open(bench, '/echo');
      const diary = keepDiary(socket);
      const closed = end(socket, ...(given as Given));
      assert.equal(socket.readyState, 2);
      const event = await closed;
      assert.deepEqual([event.wasClean, event.code, event.reason], [true, code, reason]);
      assert.deepEqual(diary, [`close ${code} clean 3`]);
    },
  ),
  ...each(
    refusedCodes,
    (name) => `refuses the code ${name}: InvalidAccessError`,
    (bench, [, code]) =>
      glance(bench, '/echo', (socket) => {
        throwsDom('InvalidAccessError', () => socket.close(code as number));
        assert.equal(socket.readyState, 0);
      }),
  ),
  ...each(
    refusedReasons,
    (name) => `refuses a reason of ${name}: SyntaxError`,
    (bench, [, reason]) =>
      glance(bench, '/echo', (socket) => throwsDom('SyntaxError', () => socket.close(1000, reason))),
  ),
  'tells of the code, where both are wrong': (bench) =>
    glance(bench, '/echo', (socket) => throwsDom('InvalidAccessError', () => socket.close(1, 'a'.repeat(124)))),
  'refuses a symbol: TypeError': (bench) =>
    glance(bench, '/echo', (socket) => throwsType(() => socket.close(Symbol('1000') as never))),
  'takes a reason alone, which has no place in the frame': async (bench) => {
    const event = await end(await open(bench, '/echo'), undefined, 'alone');
    assert.deepEqual([event.wasClean, event.code, event.reason], [true, 1005, '']);
  },
  'a second time does nothing': async (bench) => {
    const socket = await open(bench, '/echo');
    const diary = keepDiary(socket);
    const closed = end(socket, 3000);
    socket.close(3001);
    await closed;
    socket.close(3002);
    assert.deepEqual([diary, socket.readyState], [['close 3000 clean 3'], 3]);
  },
  'refuses a wrong code in every state': async (bench) => {
    const socket = await open(bench, '/echo');
    const closed = end(socket);
    throwsDom('InvalidAccessError', () => socket.close(1));
    await closed;
    throwsDom('InvalidAccessError', () => socket.close(1));
  },
  'goes out after all that was sent, Blobs too': async (bench) => {
    const socket = await open(bench, '/slow');
    const sent = [new Uint8Array(2 ** 18), new Blob(['b']), 'c'];
    for (const message of sent) socket.send(message);
    const event = await end(socket, 1000);
    assert.deepEqual([event.code, event.wasClean, socket.bufferedAmount], [1000, true, 0]);
  },
  'within `open` is obeyed': async ({ WebSocket, server }) => {
    const socket = new WebSocket(`${server}/push`);
    const diary = keepDiary(socket);
    socket.addEventListener('open', () => socket.close());
    await next(socket, 'close');
    assert.deepEqual(diary, ['open 1', 'close 1005 clean 3']);
  },
});
