import { assert } from 'chai';
import { each, rowsOf } from '../row.ts';
import { end, keepDiary, next, open, turn } from '../row-bench.ts';

const refusals = [['/refuse'], ['/wrong-key'], ['/hang-up'], ['/echo?protocol=other']] as const;

const peerCloses = [
  ['', 1005, ''],
  ['?code=1000', 1000, ''],
  ['?code=1001&reason=away', 1001, 'away'],
  ['?code=1011&reason=broken', 1011, 'broken'],
  ['?code=3000', 3000, ''],
  ['?code=4999&reason=%C3%A9', 4999, 'é'],
] as const;

/** What happens, and in which order (WHATWG WebSockets, feedback from the protocol). */
export const eventRows = [
  ...rowsOf('events: open', {
    'nothing is told before the constructor has returned': async ({ WebSocket, server }) => {
      const socket = new WebSocket(`${server}/echo`);
      await Promise.resolve();
      const diary = keepDiary(socket);
      await next(socket, 'open');
      await end(socket);
      assert.deepEqual(diary, ['open 1', 'close 1005 clean 3']);
    },
    'the event is an Event that does not bubble': async ({ WebSocket, server }) => {
      const socket = new WebSocket(`${server}/echo`);
      const event = await next(socket, 'open');
      assert.instanceOf(event, Event);
      assert.deepEqual([event.type, event.bubbles, event.cancelable], ['open', false, false]);
      await end(socket);
    },
    'the sub-protocol is the one that the server chose': async (bench) => {
      const socket = await open(bench, '/echo?protocol=v1', ['v2', 'v1']);
      assert.equal(socket.protocol, 'v1');
      await end(socket);
      assert.equal(socket.protocol, 'v1');
    },
    'the extensions are those that the server agreed to': async (bench) => {
      const socket = await open(bench, '/deflate');
      assert.match(socket.extensions, /^permessage-deflate/);
      await end(socket);
    },
    'without extensions they are empty': async (bench) => {
      const socket = await open(bench, '/echo');
      assert.equal(socket.extensions, '');
      await end(socket);
    },
    'who begins to listen after `open`, in a promise, misses nothing': async (bench) => {
      const socket = await open(bench, '/push');
      const messages = [await next(socket, 'message'), await next(socket, 'message')];
      assert.deepEqual(
        messages.map(({ data }) => data),
        ['a', 'b'],
      );
      await end(socket);
    },
  }),
  ...rowsOf('events: message', {
    'the event is a MessageEvent with the origin of the URL': async (bench) => {
      const socket = await open(bench, '/push?query');
      const event = await next(socket, 'message');
      assert.instanceOf(event, MessageEvent);
      assert.deepEqual(
        [event.type, event.data, event.origin, event.lastEventId, event.bubbles, event.cancelable],
        ['message', 'a', bench.server, '', false, false],
      );
      assert.deepEqual([event.source, event.ports.length], [null, 0]);
      await end(socket);
    },
    'each is a task: promises are followed before the next': async (bench) => {
      const socket = await open(bench, '/push');
      const story: string[] = [];
      const hops = async (data: string) => {
        for (let hop = 0; hop < 5; hop++) await Promise.resolve();
        story.push(`after ${data}`);
      };
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        story.push(data);
        void hops(data);
      });
      await next(socket, 'message');
      await next(socket, 'message');
      await turn();
      assert.deepEqual(story, ['a', 'after a', 'b', 'after b']);
      await end(socket);
    },
    'none is told after close()': async (bench) => {
      const socket = await open(bench, '/push');
      const diary = keepDiary(socket);
      socket.addEventListener('message', () => socket.close());
      await next(socket, 'close');
      assert.deepEqual(diary, ['message a 1', 'close 1005 clean 3']);
    },
    'those before a close frame are told while OPEN': async (bench) => {
      const socket = await open(bench, '/push-close');
      const diary = keepDiary(socket);
      await next(socket, 'close');
      assert.deepEqual(diary, ['message a 1', 'message b 1', 'close 1000 clean 3']);
    },
  }),
  ...rowsOf('events: failure', {
    ...each(
      refusals,
      (path) => `${path}: error, then close with 1006, both CLOSED`,
      async ({ WebSocket, server }, [path]) => {
        const socket = new WebSocket(server + path, path.includes('protocol') ? 'mine' : []);
        const diary = keepDiary(socket);
        const event = await next(socket, 'close');
        assert.deepEqual(diary, ['error 3', 'close 1006 not clean 3']);
        assert.equal(event.reason, '');
      },
    ),
    'the error is an Event that does not bubble': async ({ WebSocket, server }) => {
      const socket = new WebSocket(`${server}/refuse`);
      const event = await next(socket, 'error');
      assert.instanceOf(event, Event);
      assert.deepEqual([event.type, event.bubbles, event.cancelable], ['error', false, false]);
      await turn();
    },
    'close() while CONNECTING: CLOSING, then error and close in a later task': async ({ WebSocket, server }) => {
      const socket = new WebSocket(`${server}/silent`);
      const diary = keepDiary(socket);
      socket.close();
      assert.deepEqual([socket.readyState, diary], [2, []]);
      await next(socket, 'close');
      assert.deepEqual(diary, ['error 3', 'close 1006 not clean 3']);
    },
    'a frame with a fault': async (bench) => {
      const socket = await open(bench, '/fault');
      const diary = keepDiary(socket);
      socket.send('now');
      await next(socket, 'close');
      assert.deepEqual(diary, ['error 3', 'close 1006 not clean 3']);
    },
  }),
  ...rowsOf('events: close', {
    ...each(
      peerCloses,
      (query) => `by the server${query}: clean, without an error`,
      async (bench, [query, code, reason]) => {
        const socket = await open(bench, `/close${query}`);
        const diary = keepDiary(socket);
        socket.send('now');
        const event = await next(socket, 'close');
        assert.deepEqual(diary, [`close ${code} clean 3`]);
        assert.deepEqual([event.wasClean, event.code, event.reason], [true, code, reason]);
      },
    ),
    'of a line that is cut: 1006, and no error (of the engines none has one)': async (bench) => {
      const socket = await open(bench, '/cut');
      const diary = keepDiary(socket);
      socket.send('now');
      await next(socket, 'close');
      assert.deepEqual(diary, ['close 1006 not clean 3']);
    },
    'the event is a CloseEvent that does not bubble': async (bench) => {
      const event = await end(await open(bench, '/echo'), 1000);
      assert.equal(Object.prototype.toString.call(event), '[object CloseEvent]');
      assert.instanceOf(event, Event);
      assert.deepEqual([event.type, event.bubbles, event.cancelable], ['close', false, false]);
    },
    'comes once': async (bench) => {
      const socket = await open(bench, '/push-close');
      const diary = keepDiary(socket);
      await next(socket, 'close');
      socket.close();
      await turn();
      assert.equal(diary.filter((line) => line.startsWith('close')).length, 1);
    },
  }),
];
