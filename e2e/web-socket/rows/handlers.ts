import { assert } from 'chai';
import { each, rowsOf } from '../row.ts';
import { end, glance, open } from '../row-bench.ts';

const names = [['onopen'], ['onmessage'], ['onerror'], ['onclose']] as const;

const notCalled: readonly (readonly [name: string, given: unknown])[] = [
  ['text', 'call me'],
  ['a number', 1],
  ['undefined', undefined],
  ['a symbol', Symbol('x')],
];

/** The event handler attributes (HTML, event handlers). */
export const handlerRows = rowsOf('event handlers', {
  ...each(
    names,
    (name) => `${name} holds a function, and gives it up for null`,
    (bench, [name]) =>
      glance(bench, '/echo', (socket) => {
        const handler = () => {};
        socket[name] = handler;
        assert.strictEqual(socket[name], handler);
        socket[name] = null;
        assert.isNull(socket[name]);
      }),
  ),
  ...each(
    notCalled,
    (name) => `${name} counts as null`,
    (bench, [, given]) =>
      glance(bench, '/echo', (socket) => {
        socket.onopen = () => {};
        socket.onopen = given as never;
        assert.isNull(socket.onopen);
      }),
  ),
  'an object is held and not called, not even its handleEvent': async (bench) => {
    let calls = 0;
    const socket = await open(bench, '/echo');
    const handler = { handleEvent: () => void calls++ };
    socket.onclose = handler as never;
    assert.strictEqual<unknown>(socket.onclose, handler);
    await end(socket);
    assert.equal(calls, 0);
  },
  'a handler has the socket for this, and the event': async (bench) => {
    const socket = await open(bench, '/echo');
    const seen: unknown[] = [];
    socket.onclose = function (event) {
      seen.push(this, event.target, event.currentTarget, event.type);
    };
    await end(socket);
    assert.deepEqual(seen, [socket, socket, socket, 'close']);
  },
  'a handler is called in the place where it was first set': async (bench) => {
    const calls = await callsOf(
      (socket, note) => {
        socket.addEventListener('close', note('first'));
        socket.onclose = note('old');
        socket.addEventListener('close', note('last'));
        socket.onclose = note('handler');
      },
      await open(bench, '/echo'),
    );
    assert.deepEqual(calls, ['first', 'handler', 'last']);
  },
  'null gives the place up': async (bench) => {
    const calls = await callsOf(
      (socket, note) => {
        socket.onclose = note('old');
        socket.addEventListener('close', note('listener'));
        socket.onclose = null;
        socket.onclose = note('handler');
      },
      await open(bench, '/echo'),
    );
    assert.deepEqual(calls, ['listener', 'handler']);
  },
  'an object keeps the place': async (bench) => {
    const calls = await callsOf(
      (socket, note) => {
        socket.onclose = {} as never;
        socket.addEventListener('close', note('listener'));
        socket.onclose = note('handler');
      },
      await open(bench, '/echo'),
    );
    assert.deepEqual(calls, ['handler', 'listener']);
  },
  'a listener may be an object with handleEvent, and may be heard once': async (bench) => {
    const calls = await callsOf(
      (socket, note) => {
        socket.addEventListener('close', { handleEvent: note('object') });
        socket.addEventListener('close', note('once'), { once: true });
        const removed = note('removed');
        socket.addEventListener('close', removed);
        socket.removeEventListener('close', removed);
      },
      await open(bench, '/echo'),
    );
    assert.deepEqual(calls, ['object', 'once']);
  },
});

type Note = (name: string) => () => void;

/** Who was called, in order, when the socket closed. */
async function callsOf(listen: (socket: WebSocket, note: Note) => void, socket: WebSocket): Promise<string[]> {
  const calls: string[] = [];
  listen(socket, (name) => () => void calls.push(name));
  await end(socket);
  return calls;
}
