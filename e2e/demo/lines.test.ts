import { afterEach, expect, test } from 'vitest';
import { connect } from '@holdfast/node';
import { FrameDecoder } from '@holdfast/core';
import type { LineRequest } from '../../docs/demo-server/lines/line-faults.ts';
import { type DemoServer, startDemoServer } from '../../docs/demo-server/server.ts';
import { DemoMember } from './demo-member.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Piece {
  readonly line: number;
  readonly from: string;
  readonly kind: string;
  readonly bytes: Buffer;
}

/** A demo server, who watches a mark there, and the URL of the rooms by a line of that mark. */
async function watch() {
  const server: DemoServer = await startDemoServer(0);
  ends.push(() => server.stop());
  const watcher = await DemoMember.open(`ws://127.0.0.1:${server.port}/lines?line=mine`);
  const next = async (): Promise<Piece> => {
    const { data } = await watcher.next();
    const flags = data[0] ?? 0;
    return {
      line: data.readUInt32BE(1),
      from: flags & 1 ? 'server' : 'client',
      kind: flags & 2 ? 'frames' : 'handshake',
      bytes: data.subarray(5),
    };
  };
  const ask = (request: LineRequest) => watcher.socket.send(JSON.stringify(request));
  const dial = (path: string) => {
    const client = connect(`ws://127.0.0.1:${server.linePort}${path}?line=mine`, {
      reconnect: { minDelayMs: 1, maxDelayMs: 1 },
    });
    ends.push(() => client.close());
    return client;
  };
  return { server, watcher, next, ask, dial };
}

test('who watches a line is told of its handshake and its frames, byte for byte', async () => {
  const { next, dial } = await watch();
  const client = dial('/echo');
  await client.once('open');
  client.send('hello');
  const pieces = [await next(), await next(), await next(), await next()];
  expect(pieces.map(({ line, from, kind }) => [line, from, kind])).toEqual([
    [1, 'client', 'handshake'],
    [1, 'server', 'handshake'],
    [1, 'client', 'frames'],
    [1, 'server', 'frames'],
  ]);
  const [request, answer, sent, echoed] = pieces.map(({ bytes }) => bytes);
  expect(String(request)).toMatch(/^GET \/echo\?line=mine HTTP\/1\.1\r\n[^]*\r\n\r\n$/);
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101 [^]*\r\n\r\n$/);
  const read = (role: 'client' | 'server', bytes: Uint8Array = Buffer.alloc(0)) =>
    new FrameDecoder({ role, maxFrameBytes: 1000 }).push(bytes).map(({ payload }) => String(Buffer.from(payload)));
  expect(read('server', sent)).toEqual(['hello']);
  expect(read('client', echoed)).toEqual(['hello']);
});

test('a line that is cut ends without a word, and the next has the next number', async () => {
  const { next, ask, dial } = await watch();
  const client = dial('/echo');
  await client.once('open');
  ask({ type: 'cut' });
  expect(await client.once('disconnected')).toMatchObject({ code: 1006, wasClean: false });
  await client.once('open');
  let piece = await next();
  while (piece.line === 1) piece = await next();
  expect(piece).toMatchObject({ line: 2, from: 'client', kind: 'handshake' });
});

test.each([
  [
    { status: 503, retryAfterSeconds: 1 },
    { code: 'http-status', status: 503, retryAfterMs: 1000 },
  ],
  ['refuse', { code: 'tcp-failed' }],
] as const)('a line that is refused by %j fails so', async (refusal, error) => {
  const { ask, dial, server } = await watch();
  ask({ type: 'faults', faults: { delayMs: 0, isSilent: false, refusal } });
  // What was asked for is done when the server has answered another watcher of that port.
  await DemoMember.open(`ws://127.0.0.1:${server.port}/echo`);
  expect((await dial('/echo').once('disconnected')).error).toMatchObject(error);
});

test('a line that went silent passes nothing, and goes on where it was when it is mended', async () => {
  const { next, ask, dial } = await watch();
  const client = dial('/echo');
  await client.once('open');
  await Promise.all([next(), next()]);
  ask({ type: 'faults', faults: { delayMs: 0, isSilent: true } });
  ask({ type: 'faults', faults: { delayMs: 5, isSilent: false } });
  const echoed = client.once('message');
  client.send('kept');
  expect((await echoed).data).toBe('kept');
});

test.each(['{}', 'hello', '{"type":"faults","faults":{"delayMs":-1,"isSilent":false}}', '{"type":"faults"}'])(
  'a watcher that sends %s is sent away',
  async (text) => {
    const { watcher } = await watch();
    watcher.socket.send(text);
    expect((await watcher.closed).code).toBe(1008);
  },
);

test('a mark has one watcher, and a line without one is dropped', async () => {
  const { server } = await watch();
  const other = new DemoMember(`ws://127.0.0.1:${server.port}/lines?line=mine`);
  expect((await other.closed).code).toBe(1008);
  const lost = new DemoMember(`ws://127.0.0.1:${server.linePort}/echo?line=nobody`);
  expect((await lost.closed).code).toBe(1006);
});
