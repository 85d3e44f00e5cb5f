import { encodeFrame, type FrameInit, Opcode } from '@holdfast/core';
import { describe, expect, it, test } from 'vitest';
import type { Side, WireChunk } from '../line/wire-chunk.ts';
import { type EntryGroup, entryGroups, groupOf, lengthOf, nameOf, previewOf } from './entry-text.ts';
import { filterEntries } from './entry-filter.ts';
import { WireLog } from './wire-log.ts';

const encoder = new TextEncoder();
const maskingKey = Uint8Array.of(1, 2, 3, 4);
const frame = (payload: string | Uint8Array, init: Partial<FrameInit> = {}) =>
  encodeFrame({
    opcode: Opcode.Text,
    payload: typeof payload === 'string' ? encoder.encode(payload) : payload,
    maskingKey,
    ...init,
  });
const chunk = (bytes: Uint8Array, from: Side = 'client', more: Partial<WireChunk> = {}): WireChunk => ({
  line: 1,
  from,
  bytes,
  atMs: 0,
  kind: 'frames',
  ...more,
});
const shown = (log: WireLog) => log.entries.map((entry) => [nameOf(entry), lengthOf(entry), previewOf(entry)]);

describe('an entry', () => {
  for (const { name, bytes, rows } of [
    { name: 'text', bytes: frame('hé'), rows: [['text', 3, 'hé']] },
    { name: 'markup, as it is', bytes: frame('<b>'), rows: [['text', 3, '<b>']] },
    { name: 'an empty text', bytes: frame(''), rows: [['text', 0, '']] },
    { name: 'binary', bytes: frame(Uint8Array.of(0, 255), { opcode: 2 }), rows: [['binary', 2, '00 ff']] },
    { name: 'a ping', bytes: frame('7', { opcode: 9 }), rows: [['ping', 1, '7']] },
    { name: 'a pong', bytes: frame('', { opcode: 10 }), rows: [['pong', 0, '']] },
    {
      name: 'a close with a reason',
      bytes: frame(Uint8Array.of(3, 233, 98, 121, 101), { opcode: 8 }),
      rows: [['close', 5, '1001 bye']],
    },
    { name: 'a close without a code', bytes: frame('', { opcode: 8 }), rows: [['close', 0, 'without a code']] },
    {
      name: 'two fragments with a ping between',
      bytes: Uint8Array.of(
        ...frame('Hel', { fin: false }),
        ...frame('', { opcode: 9 }),
        ...frame('lo', { opcode: Opcode.Continuation }),
      ),
      rows: [
        ['text …', 3, 'Hel'],
        ['ping', 0, ''],
        ['continued', 2, 'lo'],
      ],
    },
    {
      name: 'a frame, and one that breaks a rule',
      bytes: Uint8Array.of(...frame('a'), 0xc1, 0x80),
      rows: [
        ['text', 1, 'a'],
        ['fault', 2, expect.stringMatching(/^reserved-bits: /)],
      ],
    },
    {
      name: 'a continuation of nothing',
      bytes: frame('lo', { opcode: Opcode.Continuation }),
      rows: [['fault', 8, expect.stringMatching(/^continuation-unexpected/)]],
    },
    {
      name: 'a text that is none',
      bytes: frame(Uint8Array.of(0xff)),
      rows: [['fault', 7, expect.stringMatching(/^utf8-invalid/)]],
    },
    {
      name: 'a close code that may not travel',
      bytes: frame(Uint8Array.of(3, 237), { opcode: 8 }),
      rows: [['fault', 8, expect.stringMatching(/^close-code/)]],
    },
  ]) {
    test(`${name}, in one chunk and byte by byte`, () => {
      const [whole, pieces] = [new WireLog(), new WireLog()];
      whole.addChunk(chunk(bytes));
      for (const byte of bytes) pieces.addChunk(chunk(Uint8Array.of(byte)));
      expect(shown(whole)).toEqual(rows);
      // A fault is told by the first byte that shows it.
      expect(shown(pieces).map(([kind, , text]) => [kind, text])).toEqual(rows.map(([kind, , text]) => [kind, text]));
    });
  }

  it('of a server is judged by the rules for clients', () => {
    const log = new WireLog();
    log.addChunk(chunk(frame('a', { maskingKey: undefined } as unknown as FrameInit), 'server'));
    log.addChunk(chunk(frame('a'), 'server'));
    expect(shown(log).map(([name]) => name)).toEqual(['text', 'fault']);
  });

  it('of a long frame keeps its start alone', () => {
    const log = new WireLog();
    log.addChunk(chunk(frame(new Uint8Array(100_000), { opcode: 2 })));
    expect(log.entries[0]).toMatchObject({ kind: 'frame', frameBytes: 100_014, payloadBytes: 100_000 });
    expect((log.entries[0] as { bytes: Uint8Array }).bytes.length).toBe(16 * 1024);
  });

  it('of a line whose frames nobody sees is a message', () => {
    const log = new WireLog();
    log.addMessage({ line: 3, from: 'server', data: 'hi', atMs: 5 });
    log.addMessage({ line: 3, from: 'client', data: Uint8Array.of(1), atMs: 6 });
    expect(shown(log)).toEqual([
      ['text message', 2, 'hi'],
      ['binary message', 1, '01'],
    ]);
  });

  it('of a handshake shows its first line', () => {
    const log = new WireLog();
    log.addChunk(chunk(encoder.encode('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), 'client', { kind: 'handshake' }));
    expect(shown(log)).toEqual([['request', 27, 'GET / HTTP/1.1']]);
  });
});

describe('a log', () => {
  it('tells each change, until it is not asked any more', () => {
    const log = new WireLog();
    let changes = 0;
    const end = log.onChange(() => changes++);
    log.addChunk(chunk(frame('a')));
    log.addChunk(chunk(frame('b').subarray(0, 3)));
    log.clear();
    end();
    log.addChunk(chunk(frame('c')));
    expect(changes).toBe(2);
  });

  it('keeps the latest 5,000 at most, numbered on', () => {
    const log = new WireLog();
    for (let count = 0; count < 5_001; count++) log.addChunk(chunk(frame('a')));
    expect([log.entries.length, log.entries.at(0)?.number, log.entries.at(-1)?.number]).toEqual([4_500, 502, 5_001]);
  });

  it('that was cleared reads on in the middle of a frame', () => {
    const log = new WireLog();
    const bytes = frame('whole');
    log.addChunk(chunk(bytes.subarray(0, 4)));
    log.clear();
    log.addChunk(chunk(bytes.subarray(4)));
    expect(shown(log)).toEqual([['text', 5, 'whole']]);
  });
});

describe('a filter', () => {
  const log = new WireLog();
  log.addChunk(chunk(encoder.encode('GET / HTTP/1.1\r\n\r\n'), 'client', { kind: 'handshake' }));
  log.addChunk(chunk(frame('Hello')));
  log.addChunk(chunk(frame(Uint8Array.of(7), { opcode: 2 }), 'client', { line: 2 }));
  log.addChunk(chunk(encodeFrame({ opcode: Opcode.Ping, payload: new Uint8Array(0) }), 'server'));
  log.addChunk(chunk(frame('', { rsv1: true })));
  const all = new Set(entryGroups.map(({ group }) => group));
  const everything = { from: 'both' as const, groups: all, text: '', line: undefined };

  it('lets all pass, and each group once', () => {
    expect(filterEntries(log.entries, everything)).toEqual(log.entries);
    expect(log.entries.map(groupOf)).toEqual(entryGroups.map(({ group }) => group));
  });

  for (const { name, filter, numbers } of [
    { name: 'one direction', filter: { from: 'server' as const }, numbers: [4] },
    { name: 'one line', filter: { line: 2 }, numbers: [3] },
    { name: 'a text in any case', filter: { text: ' hELL' }, numbers: [2] },
    { name: 'a name', filter: { text: 'ping' }, numbers: [4] },
    { name: 'one group', filter: { groups: new Set<EntryGroup>(['fault']) }, numbers: [5] },
  ]) {
    it(`by ${name}`, () => {
      const entries = filterEntries(log.entries, { ...everything, ...filter });
      expect(entries.map(({ number }) => number)).toEqual(numbers);
    });
  }
});
