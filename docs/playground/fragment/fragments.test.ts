import { FrameDecoder, MessageAssembler, Opcode } from '@holdfast/core';
import { FakeClock } from '@holdfast/core/testing';
import { describe, expect, it, test } from 'vitest';
import { PageServer } from '../line/page-server.ts';
import { previewOf } from '../wire/entry-text.ts';
import { WireLog } from '../wire/wire-log.ts';
import { mostFragments, planFragments } from './fragment-plan.ts';
import { sendFragments } from './send-fragments.ts';

/** What a server makes of the frames. */
function readBack(frames: readonly Uint8Array[]) {
  const decoder = new FrameDecoder({ role: 'server' });
  const assembler = new MessageAssembler();
  const read = frames.flatMap((bytes) => decoder.push(bytes));
  const messages = read.filter(({ opcode }) => opcode < 8).map((frame) => assembler.push(frame));
  return { read, messages };
}

describe('a plan', () => {
  for (const { text, count, hasPing, frames } of [
    { text: 'Hello', count: 1, hasPing: false, frames: ['1 fin Hello'] },
    { text: 'Hello', count: 2, hasPing: false, frames: ['1 He', '0 fin llo'] },
    { text: 'Hello', count: 2, hasPing: true, frames: ['1 He', '9 fin still there?', '0 fin llo'] },
    { text: 'Hello', count: 99, hasPing: false, frames: ['1 H', '0 e', '0 l', '0 l', '0 fin o'] },
    { text: '', count: 4, hasPing: false, frames: ['1 fin '] },
    { text: 'a', count: 1, hasPing: true, frames: ['1 fin a', '9 fin still there?'] },
    // Cut within a character.
    { text: 'é', count: 2, hasPing: false, frames: ['1 \ufffd', '0 fin \ufffd'] },
  ]) {
    test(`of ${JSON.stringify(text)} in ${count}${hasPing ? ' with a ping' : ''} is as a server reads it`, () => {
      const { read, messages } = readBack(planFragments({ text, count, hasPing }).map(({ bytes }) => bytes));
      const shown = read.map(({ opcode, fin, payload }) =>
        [opcode, ...(fin ? ['fin'] : []), new TextDecoder().decode(payload)].join(' '),
      );
      expect(shown).toEqual(frames);
      expect(messages.filter((message) => message !== undefined)).toEqual([text]);
    });
  }

  it('has a fresh key for each frame', () => {
    const keys = planFragments({ text: 'x'.repeat(50), count: 50, hasPing: true }).map(({ frame }) =>
      frame.maskingKey?.join(),
    );
    expect(new Set(keys).size).toBe(51);
  });

  it('has at most as many fragments as bytes', () => {
    expect(['', 'a', 'é', '😀'].map(mostFragments)).toEqual([1, 1, 2, 4]);
  });
});

describe('fragments on the line in the page', () => {
  it('come back whole, behind the pong', async () => {
    const clock = new FakeClock();
    const log = new WireLog();
    const server = new PageServer({ clock, onWire: log.addChunk });
    const frames = planFragments({ text: 'grüße, 😀', count: 5, hasPing: true }).map(({ bytes }) => bytes);
    const echo = sendFragments(server, frames);
    await clock.advance(0);
    expect(await echo).toBe('grüße, 😀');
    const back = log.entries.filter((entry) => entry.kind === 'frame' && entry.from === 'server').slice(0, 2);
    expect(back).toMatchObject([{ opcode: Opcode.Pong }, { opcode: Opcode.Text, fin: true }]);
    expect(back.map(previewOf)).toEqual(['still there?', 'grüße, 😀']);
    // All of the line has gone.
    expect(server.connectionCount).toBe(0);
  });

  it('that end with the line are told', async () => {
    const clock = new FakeClock();
    const server = new PageServer({ clock });
    server.stop();
    const echo = sendFragments(server, []);
    await Promise.all([expect(echo).rejects.toMatchObject({ code: 'connection-refused' }), clock.advance(0)]);
  });
});
