import { type ConnectOptions, connect } from '@holdfast/node';
import { expect } from 'vitest';
import { attack, honest } from './attack.ts';
import { acceptAndClose, startHostileServer } from './hostile-server.ts';
import { headerOf } from './line.ts';
import { runClient } from './strike.ts';
import { requestHead, startVictimServer, statusOf } from './victim-server.ts';

const smuggled = '\r\nEvil: 1';

honest('injection', async () => {
  const { request } = await requestOf('/path?query', { headers: { 'X-Mine': 'value' }, origin: 'https://a.test' });
  expect(headerOf(request, 'X-Mine')).toBe('value');
  expect(headerOf(request, 'Origin')).toBe('https://a.test');
});

attack('CVE-2026-1527', async () => {
  const url = 'ws://127.0.0.1:1/';
  for (const lineBreak of ['\r\n', '\n', '\r', '\0', '\u010d\u010a']) {
    const value = `a${lineBreak}Evil: 1`;
    expect(
      codeOf(() => connect(url, { headers: { 'X-Mine': value } })),
      'a header',
    ).toBe('invalid-header');
    expect(
      codeOf(() => connect(url, { headers: { [value]: 'a' } })),
      'its name',
    ).toBe('invalid-header');
    expect(
      codeOf(() => connect(url, { origin: value })),
      'the origin',
    ).toBe('invalid-header');
    expect(
      codeOf(() => connect(url, { protocols: [value] })),
      'a protocol',
    ).toBe('invalid-protocol');
  }
  // A URL takes line breaks out or encodes them.
  for (const place of [`/a${smuggled}`, `/?a${smuggled}`, `/a%0d%0aEvil: 1`]) {
    const { request, lines } = await requestOf(place, {});
    expect(lines.filter((line) => /^evil/i.test(line))).toEqual([]);
    expect(request.match(/\r\n/g)).toHaveLength(lines.length + 1);
  }
  const credentials = await requestOf('/', {}, `me%0d%0aEvil: 1:secret%0d%0aEvil: 1@`);
  expect(credentials.lines.filter((line) => /^evil/i.test(line))).toEqual([]);
});

attack('PYSEC-2020-25', async () => {
  const headers = { Location: `/a${smuggled}` };
  const victim = await startVictimServer({ path: '/only', authorize: () => ({ status: 302, headers }) });
  const only = (...lines: string[]) => requestHead(...lines).replace('GET /', 'GET /only');
  for (const [request, status] of [
    [only(), 500],
    [requestHead().replace('GET /', 'GET /%0d%0aEvil:1'), 404],
    [requestHead().replace('GET /', 'GET /?redirect=%0d%0aEvil:1'), 404],
    [requestHead().replace('GET /', 'GET /a\rEvil:1'), 400],
    [only('Origin: a\rEvil: 1'), 400],
    [only('Origin: a%0d%0aEvil: 1'), 403],
    [only('Sec-WebSocket-Protocol: a\nEvil: 1'), 400],
  ] as const) {
    const line = victim.knock();
    line.send(request);
    const head = await line.head();
    expect(statusOf(head)).toBe(status);
    expect(head).not.toMatch(/(?:^|[\r\n])evil/i);
  }
});

/** The code of what a call throws. */
function codeOf(call: () => { close(): unknown }): string | undefined {
  try {
    void call().close();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

/** The request that a server gets from a client, as a text and as the lines behind the first. */
async function requestOf(place: string, options: ConnectOptions, credentials = '') {
  const server = await startHostileServer((line) => acceptAndClose(line));
  await runClient(`ws://${credentials}127.0.0.1:${server.port}${place}`, options);
  const [line] = server.lines;
  const request = (await line?.head()) ?? '';
  return { request, lines: request.split('\r\n').slice(0, -2) };
}
