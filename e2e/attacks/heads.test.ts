import { createServer } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { accept } from '@holdfast/node/server';
import { expect, onTestFinished } from 'vitest';
import { RequestHeadParser } from '../../packages/node/src/handshake/request-head.ts';
import { ResponseHeadParser } from '../../packages/node/src/handshake/response-head.ts';
import { attack, honest } from './attack.ts';
import { acceptAndClose, startHostileServer } from './hostile-server.ts';
import { acceptance, headOf, Line } from './line.ts';
import { within } from './limit.ts';
import { runClient } from './strike.ts';
import { requestHead, startVictimServer, statusOf } from './victim-server.ts';
import { runClientThread, startServerThread } from './victim-thread.ts';
import { countWork } from './work-meter.ts';

const mebibyte = 2 ** 20;
/** An app may well allow long lines: what is read must take time with their length, not with its square. */
const limits = { maxHeaderBytes: 8 * mebibyte, maxHeaderLineBytes: 8 * mebibyte };

honest('heads', async () => {
  const port = await startServerThread({ protocols: ['a'] });
  expect(statusOf(await responseTo(port, requestHead('Sec-WebSocket-Protocol: b, a')))).toBe(101);
});

attack('CVE-2021-32640', async () => {
  const port = await startServerThread({ limits, protocols: ['b'] });
  const head = await responseTo(port, requestHead(`Sec-WebSocket-Protocol: a${' '.repeat(mebibyte)}, b`));
  expect(statusOf(head)).toBe(101);
});

attack('CVE-2020-7662', async () => {
  const port = await startServerThread({ limits });
  const escapes = '\\"'.repeat(mebibyte / 2);
  for (const header of [`a; b="${escapes}`, `a; b="${'\\'.repeat(mebibyte - 1)}`, `a; b="${escapes}" c`]) {
    const head = await responseTo(port, requestHead(`Sec-WebSocket-Extensions: ${header}`));
    expect(statusOf(head), header.slice(-9)).toBe(400);
  }
  const server = await startHostileServer(async (line) => {
    line.send(acceptance(await line.head(), ['Connection: Upgrade', `Sec-WebSocket-Extensions: a; b="${escapes}`]));
  });
  const client = runClientThread(`ws://127.0.0.1:${server.port}/`, { limits });
  expect(await within(client, 'the end of the client', 20_000)).toBe('handshake-extension');
});

attack('CVE-2023-43669', async () => {
  const given = { maxHeaderBytes: 2 ** 14, maxHeaders: 100, maxHeaderLineBytes: 2 ** 14 };
  const padding = `X-Padding: ${'x'.repeat(2 ** 13)}`;
  const response = headOf('HTTP/1.1 101 Switching Protocols', padding);
  for (const [parser, head] of [
    [new RequestHeadParser(given), requestHead(padding)],
    [new ResponseHeadParser(given), response],
  ] as const) {
    const bytes = Array.from(Buffer.from(head), (byte) => Uint8Array.of(byte));
    let isRead = false;
    const work = countWork(() => {
      for (const byte of bytes) isRead = parser.push(byte) !== undefined;
    });
    expect(isRead).toBe(true);
    expect(work).toBeLessThan(16 * head.length);
  }
  const victim = await startVictimServer();
  expect(statusOf(await responseTo(victim.port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(2 ** 15)}`))).toBe(431);
});

attack('CVE-2024-37890', async () => {
  const many = Array.from({ length: 200 }, (_, index) => `X-${index}: x`);
  const victim = await startVictimServer();
  expect(statusOf(await responseTo(victim.port, requestHead(...many)))).toBe(431);
  expect(statusOf(await responseTo(victim.port, requestHead()))).toBe(101);

  // This HTTP server drops what is over its own limit: the Upgrade header is still what the parser saw.
  const server = createServer().on('upgrade', (request, socket, head) => void accept(request, socket, head));
  server.maxHeadersCount = 20;
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(statusOf(await responseTo(port, requestHead(...many.slice(0, 50))))).not.toBe(101);
  expect(statusOf(await responseTo(port, requestHead()))).toBe(101);
});

attack('undici Connection: keep-alive, Upgrade', async () => {
  for (const lines of [
    ['Connection: keep-alive, Upgrade'],
    ['Connection: UPGRADE,keep-alive'],
    ['Connection: keep-alive', 'Connection: upgrade'],
  ]) {
    const server = await startHostileServer((line) => acceptAndClose(line, lines));
    expect((await runClient(`ws://127.0.0.1:${server.port}/`)).closed).toMatchObject({ code: 1005, wasClean: true });
  }
  const server = await startHostileServer(async (line) => {
    line.send(acceptance(await line.head(), ['Connection: keep-alive']));
  });
  const { error } = (await runClient(`ws://127.0.0.1:${server.port}/`)).closed;
  expect(error).toMatchObject({
    code: 'handshake-connection',
    message: expect.stringMatching(/Connection.*keep-alive.*Upgrade/),
  });
});

/** The head that a server answers to a request with. */
async function responseTo(port: number, request: string): Promise<string> {
  const line = new Line(connectTcp(port, '127.0.0.1'), 'server');
  onTestFinished(() => void line.socket.destroy());
  line.send(request);
  return line.head();
}
