import { HoldfastError, Opcode } from '@holdfast/core';
import { expect, test } from 'vitest';
import { formatText, formatTime, type TextForm } from './format-text.ts';
import { choosePaint } from './paint.ts';
import type { Report } from './report.ts';

const time = new Date(2026, 0, 2, 3, 4, 5, 6);
const bare: TextForm = { paint: (_tint, text) => text, isFull: false, frames: 'lines' };
const frame = { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: Opcode.Text, payload: Buffer.from('a\x1b') };
const refusal = new HoldfastError('http-status', '403', { status: 403, body: 'no\x1b[2J\nentry\n' });

test.each<[Report, string]>([
  [{ event: 'message', direction: 'in', data: 'hello' }, '< hello'],
  [{ event: 'message', direction: 'out', data: Uint8Array.of(0, 255) }, '> 2 bytes: 00 ff'],
  [{ event: 'message', direction: 'in', data: 'hello', connection: 2 }, '< #2 hello'],
  [{ event: 'message', direction: 'in', data: 'a\n03:04:05.007 < b' }, `< a\n${' '.repeat(15)}03:04:05.007 < b`],
  [{ event: 'frame', direction: 'in', frame }, '< TEXT fin, 2 bytes: "a\\u001b"'],
  [{ event: 'pong', rttMs: 1.25 }, '  pong after 1.3 ms'],
  [
    { event: 'open', url: 'ws://a.test/', protocol: 'v2', extensions: 'permessage-deflate; x=1', elapsedMs: 12.3 },
    '  connected to ws://a.test/ in 12 ms, sub-protocol v2, permessage-deflate',
  ],
  [
    { event: 'disconnected', code: 1006, error: new HoldfastError('connection-lost', 'x') },
    '  the line is gone: connection-lost: x',
  ],
  [{ event: 'waiting', attempt: 2, delayMs: 1234 }, '  dial 2 in 1.2 s'],
  [{ event: 'closed', code: 1000, reason: 'bye\x07', wasClean: true, exitCode: 0 }, '  closed: 1000 "bye\\x07"'],
  [{ event: 'closed', code: 1005, reason: '', wasClean: true, exitCode: 0 }, '  closed: without a code'],
  [
    { event: 'closed', code: 1006, reason: '', wasClean: false, error: refusal, exitCode: 6 },
    `  http-status: 403\n${' '.repeat(15)}no\\x1b[2J\n${' '.repeat(15)}entry`,
  ],
  [
    { event: 'joined', connection: 1, address: '127.0.0.1', path: '/a?b=…', protocol: '' },
    '  #1 from 127.0.0.1, /a?b=…',
  ],
  [{ event: 'left', connection: 1, code: 1006, reason: '' }, '  #1 is gone: without a close frame'],
  [{ event: 'warning', text: 'w' }, '  warning: w'],
])('%j is shown as %j', (report, shown) => {
  expect(formatText(report, time, bare)).toBe(`03:04:05.006 ${shown}`);
});

test('a frame is drawn with its bits where that is asked for, behind the column of times', () => {
  const lines = formatText({ event: 'frame', direction: 'in', frame }, time, { ...bare, frames: 'bits' }).split('\n');
  expect(lines).toHaveLength(7);
  expect(lines[4]).toBe(`${' '.repeat(15)}|F|R|R|R| opcode|M| Payload len |          Payload data         |`);
});

test('a long message is cut, between characters, and says so', () => {
  const data = `${'x'.repeat(1999)}😀tail`;
  const shown = formatText({ event: 'message', direction: 'in', data }, time, bare);
  expect(shown).toBe(`03:04:05.006 < ${'x'.repeat(1999)}\n${' '.repeat(15)}... 6 more characters (--full shows all)`);
  expect(formatText({ event: 'message', direction: 'in', data }, time, { ...bare, isFull: true })).toContain('😀tail');
});

test('many bytes are cut, and say so', () => {
  const shown = formatText({ event: 'message', direction: 'in', data: new Uint8Array(300) }, time, bare);
  expect(shown).toMatch(/^03:04:05\.006 < 300 bytes: (00 ){255}00\n {15}\.\.\. 44 more bytes \(--full shows all\)$/);
});

test.each([
  [{ isTerminal: true, isOff: false, env: {} }, true],
  [{ isTerminal: false, isOff: false, env: {} }, false],
  [{ isTerminal: true, isOff: true, env: {} }, false],
  [{ isTerminal: true, isOff: false, env: { NO_COLOR: '1' } }, false],
  [{ isTerminal: true, isOff: false, env: { NO_COLOR: '' } }, true],
  [{ isTerminal: true, isOff: false, env: { TERM: 'dumb' } }, false],
])('with %j there are colours: %s', (conditions, isColoured) => {
  expect(choosePaint(conditions)('bad', 'x') !== 'x').toBe(isColoured);
});

test('a time has always its length', () => {
  expect(formatTime(time)).toBe('03:04:05.006');
});
