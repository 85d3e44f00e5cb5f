import { FrameDecoder, MessageAssembler, Opcode } from '@holdfast/core';
import { expect } from 'vitest';
import { attack, honest } from './attack.ts';
import { feed, protocolOf, roles, type Role } from './feed.ts';
import { first, type RawFrame, rawFrame, repeat } from './raw-frame.ts';
import { strike } from './strike.ts';
import { countWork } from './work-meter.ts';

const begin: RawFrame = { first: first.binaryBegin };
const empty: RawFrame = { first: first.continuation };
const end: RawFrame = { first: first.continuationEnd };
const of = (bytes: number, frame: RawFrame): RawFrame => ({ ...frame, payload: new Uint8Array(bytes) });

honest('fragments', async () => {
  for (const role of roles) {
    const frames = [of(70, begin), ...repeat(98, of(70, empty)), of(70, end)];
    expect(await strike(role, {}, frames)).toEqual({
      messages: [new Uint8Array(7000)],
      error: undefined,
      closeCode: 1000,
    });
  }
});

attack('CVE-2026-12151', async () => {
  for (const role of roles) {
    expect(framesTaken(role, empty, 40_000)).toEqual({ taken: 2 ** 14, error: 'fragment-overhead' });
  }
  expect(await strike('client', {}, [begin, ...repeat(2 ** 14, empty)])).toEqual(refused('fragment-overhead', 1008));
});

attack('CVE-2026-48779', async () => {
  for (const role of roles) {
    const { taken, error } = framesTaken(role, of(1, empty), 40_000);
    expect(error).toBe('fragment-overhead');
    // 1 MiB of what they are short of 64 bytes, of which each brings 1.
    expect(taken).toBe(Math.floor((2 ** 20 - 64) / 63) + 1);
    const frames = [begin, ...repeat(2 ** 15, of(1, empty))];
    expect(await strike(role, {}, frames)).toEqual(refused('fragment-overhead', 1008));
  }
});

attack('ws#2329', async () => {
  const limits = { maxFragments: 100, maxFragmentOverheadBytes: Number.POSITIVE_INFINITY };
  const started = [of(1, begin), ...repeat(98, empty)];
  for (const role of roles) {
    expect(await strike(role, limits, [...started, end])).toMatchObject({ messages: [new Uint8Array(1)] });
    expect(await strike(role, limits, [...started, empty, end])).toEqual(refused('too-many-fragments', 1008));
  }
});

attack('ws#2331', () => {
  for (const role of roles) {
    const { taken, error } = framesTaken(role, of(1, empty), 2 ** 17 - 2);
    expect(error).toBe('fragment-overhead');
    expect(taken).toBeLessThanOrEqual(2 ** 17 / 7);
  }
});

attack('ws#2333', async () => {
  const limits = { maxFragments: 10 };
  const message = [of(70, begin), ...repeat(8, of(70, empty)), of(70, end)];
  for (const role of roles) {
    const { messages, error } = await strike(role, limits, Array.from({ length: 20 }, () => message).flat());
    expect([messages.length, error]).toEqual([20, undefined]);
  }
});

attack('CVE-2026-42786', async () => {
  const limits = { maxMessageBytes: 1000 };
  for (const role of roles) {
    const endless = [of(600, begin), { ...empty, announced: 2n ** 16n }];
    expect(feed(role, { ...limits, maxFrameBytes: 2 ** 20 }, endless)).toEqual(refused('message-too-large', 1009));
    expect(await strike(role, limits, [of(600, begin), of(401, empty)])).toEqual(refused('message-too-large', 1009));
    const within = await strike(role, limits, [of(600, begin), of(400, end)]);
    expect(within.messages).toEqual([new Uint8Array(1000)]);
  }
});

attack('CVE-2026-65623', () => {
  const payload = new Uint8Array(64);
  const count = 8000;
  const assembler = new MessageAssembler();
  const frame = { fin: false, rsv1: false, rsv2: false, rsv3: false, payload };
  const bytes = countWork(() => {
    assembler.push({ ...frame, opcode: Opcode.Binary });
    for (let i = 0; i < count; i++) assembler.push({ ...frame, opcode: Opcode.Continuation });
  });
  expect(bytes).toBeLessThan(8 * count * payload.length);
});

attack('CVE-2025-5399', () => {
  for (const role of roles) {
    const decoder = new FrameDecoder({ role });
    const frames = [{ first: first.ping }, { first: first.text }, begin, end, { first: first.close }];
    decoder.feed(Buffer.concat(frames.map((frame) => rawFrame(frame, role === 'server'))));
    const opcodes: number[] = [];
    // By hand, and not for ever.
    for (let frame = decoder.next(); frame && opcodes.length < 10; frame = decoder.next()) opcodes.push(frame.opcode);
    expect(opcodes).toEqual([Opcode.Ping, Opcode.Text, Opcode.Binary, Opcode.Continuation, Opcode.Close]);
    // An empty chunk is no progress, and no harm.
    expect(protocolOf(role).receive(new Uint8Array(0))).toEqual([]);
  }
});

/** How many frames of a message a protocol takes, the first one empty, until it finds a rule broken. */
function framesTaken(role: Role, next: RawFrame, atMost: number): { taken: number; error: string | undefined } {
  const protocol = protocolOf(role);
  const masked = role === 'server';
  for (let taken = 0; taken < atMost; taken++) {
    const [event] = protocol.receive(rawFrame(taken === 0 ? begin : next, masked));
    if (event?.type === 'fault') return { taken, error: event.error.code };
  }
  return { taken: atMost, error: undefined };
}

/** Nothing was delivered, and the peer was told why. */
function refused(error: string, closeCode: number) {
  return { messages: [], error, closeCode };
}
