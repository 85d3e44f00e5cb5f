import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { HoldfastError } from '../errors.ts';
import { encodeClosePayload } from '../frame/close-payload.ts';
import { encodeFrame } from '../frame/encode-frame.ts';
import type { FrameInit } from '../frame/frame-header.ts';
import { Opcode, type Role } from '../frame/frame.ts';
import { FrameDecoder } from '../frame/frame-decoder.ts';
import { byteByByte, cutAt, fromHex, testThreeWays, type WireVector } from '../frame/three-ways.test-helper.ts';
import { encodeMessage } from '../message/encoded-message.ts';
import type { MessageCodec } from '../message/message-codec.ts';
import { Protocol, type ProtocolEvent, type ProtocolOptions } from './protocol.ts';

const roles: Role[] = ['client', 'server'];
const none = new Uint8Array(0);
const utf8 = (text: string) => new TextEncoder().encode(text);
const peerKey = fromHex('37 fa 21 3d');
const ownKey = fromHex('01 02 03 04');

type Limits = Omit<ProtocolOptions, 'role' | 'createMaskingKey'>;

const protocolOf = (role: Role, limits: Limits = {}) =>
  new Protocol(role === 'client' ? { role, createMaskingKey: () => ownKey, ...limits } : { role, ...limits });

/** Frames as the peer of a role sends them. */
const fromPeer = (role: Role, ...frames: FrameInit[]) =>
  new Uint8Array(
    Buffer.concat(frames.map((frame) => encodeFrame(role === 'server' ? { ...frame, maskingKey: peerKey } : frame))),
  );

const text = (payload: string, fin = true): FrameInit => ({ fin, opcode: Opcode.Text, payload: utf8(payload) });
const binary = (...payload: number[]): FrameInit => ({ opcode: Opcode.Binary, payload: Uint8Array.from(payload) });
const more = (payload: string, fin = true): FrameInit => ({ fin, opcode: Opcode.Continuation, payload: utf8(payload) });
const ping = (payload = ''): FrameInit => ({ opcode: Opcode.Ping, payload: utf8(payload) });
const pong = (payload = ''): FrameInit => ({ opcode: Opcode.Pong, payload: utf8(payload) });
const close = (code = 1005, reason = ''): FrameInit => ({
  opcode: Opcode.Close,
  payload: encodeClosePayload(code, reason),
});
const raw = (opcode: Opcode, hex: string, fin = true): FrameInit => ({ fin, opcode, payload: fromHex(hex) });

/** Events in short: `message: hi`, `close: 1000 bye`, `fault: utf8-invalid`. */
const eventText = (event: ProtocolEvent): string => {
  switch (event.type) {
    case 'message':
      return `message: ${typeof event.data === 'string' ? event.data : `[${formatHex(event.data)}]`}`;
    case 'ping':
    case 'pong':
      return `${event.type}: ${Buffer.from(event.payload).toString()}`;
    case 'close':
      return `close: ${event.code} ${event.reason}`.trimEnd();
    case 'fault':
      return `fault: ${event.error.code}`;
  }
};

/** What a peer would read of an output, in short: `PONG hi`, `CLOSE 1002`. It holds our masks to their rule. */
const outputText = (role: Role, chunks: readonly Uint8Array[]): string[] => {
  const decoder = new FrameDecoder({ role: role === 'client' ? 'server' : 'client' });
  const frames = chunks.flatMap((chunk) => decoder.push(chunk));
  expect(decoder.push(none), 'no fault of ours').toEqual([]);
  return frames.map(({ fin, opcode, payload }) => {
    const name = Object.keys(Opcode).find((key) => Opcode[key as keyof typeof Opcode] === opcode);
    const code = payload.length < 2 ? '' : String(Buffer.from(payload).readUInt16BE());
    const content = opcode === Opcode.Close ? code : Buffer.from(payload).toString();
    return `${name?.toUpperCase()}${fin ? '' : '-'} ${content}`.trimEnd();
  });
};

/** One step after the other with a protocol; answers all that it told and wrote. */
function run(role: Role, protocol: Protocol, chunks: readonly Uint8Array[]) {
  const events: string[] = [];
  const output: Uint8Array[] = [];
  for (const chunk of chunks) {
    events.push(...protocol.receive(chunk).map(eventText));
    output.push(...protocol.takeOutput());
  }
  return { events, output: outputText(role, output), state: protocol.state, transport: protocol.transport };
}

interface Exchange {
  readonly name: string;
  readonly frames: readonly FrameInit[];
  readonly events: readonly string[];
  readonly output?: readonly string[];
}

const exchanges: Exchange[] = [
  { name: 'RFC 6455 5.6: a text', frames: [text('Hello')], events: ['message: Hello'] },
  { name: 'RFC 6455 5.6: binary', frames: [binary(0, 255)], events: ['message: [00 ff]'] },
  { name: 'an empty text and an empty binary', frames: [text(''), binary()], events: ['message: ', 'message: []'] },
  {
    name: 'RFC 6455 5.4: a message in three frames',
    frames: [text('and a', false), more('happy new', false), more('year!')],
    events: ['message: and ahappy newyear!'],
  },
  {
    name: 'RFC 6455 5.4: control frames between fragments',
    frames: [text('a', false), ping('1'), more('b', false), pong('2'), ping(), more('c')],
    events: ['ping: 1', 'pong: 2', 'ping:', 'message: abc'].map((event) => event.replace(/:$/, ': ')),
    output: ['PONG 1', 'PONG'],
  },
  {
    name: 'RFC 6455 5.5.2: a ping of 125 bytes, answered with its payload',
    frames: [ping('p'.repeat(125))],
    events: [`ping: ${'p'.repeat(125)}`],
    output: [`PONG ${'p'.repeat(125)}`],
  },
  { name: 'RFC 6455 5.5.3: a pong that nobody asked for', frames: [pong('x')], events: ['pong: x'] },
  { name: 'U+FEFF in front', frames: [text('\ufeffa')], events: ['message: \ufeffa'] },
  {
    name: 'a character split between fragments',
    frames: [raw(Opcode.Text, 'f0 9f', false), raw(Opcode.Continuation, '91 8b')],
    events: ['message: 👋'],
  },
];

const endings: Exchange[] = [
  {
    name: 'RFC 6455 5.5.1: a close frame is answered with its code',
    frames: [text('last'), close(1001, 'bye')],
    events: ['message: last', 'close: 1001 bye'],
    output: ['CLOSE 1001'],
  },
  {
    name: 'RFC 6455 7.1.5: a close frame without a code',
    frames: [close()],
    events: ['close: 1005'],
    output: ['CLOSE'],
  },
  { name: 'a close code of the app', frames: [close(4321)], events: ['close: 4321'], output: ['CLOSE 4321'] },
  {
    name: 'a close frame inside a message',
    frames: [text('half', false), close(1000)],
    events: ['close: 1000'],
    output: ['CLOSE 1000'],
  },
  {
    name: 'a ping before the close frame is answered before it',
    frames: [ping('1'), close(1000)],
    events: ['ping: 1', 'close: 1000'],
    output: ['PONG 1', 'CLOSE 1000'],
  },
];

/** Faults that RFC 6455 7.1.7 answers with a close frame, each behind a message that counts all the same. */
const faults: { name: string; frames: readonly FrameInit[]; fault: string; closeCode: number; cut?: number }[] = [
  {
    name: 'RFC 6455 5.4: a continuation of nothing',
    frames: [more('x')],
    fault: 'continuation-unexpected',
    closeCode: 1002,
  },
  {
    name: 'RFC 6455 5.4: a message inside a message',
    frames: [text('a', false), text('b')],
    fault: 'continuation-expected',
    closeCode: 1002,
  },
  {
    name: 'RFC 6455 8.1: text that is not UTF-8',
    frames: [raw(Opcode.Text, '61 ff')],
    fault: 'utf8-invalid',
    closeCode: 1007,
  },
  {
    name: 'RFC 6455 8.1: a fragment that is not UTF-8, before the last',
    frames: [raw(Opcode.Text, 'ed a0', false)],
    fault: 'utf8-invalid',
    closeCode: 1007,
  },
  {
    name: 'RFC 6455 5.5.1: a close frame of 1 byte',
    frames: [raw(Opcode.Close, '03')],
    fault: 'close-payload',
    closeCode: 1002,
  },
  { name: 'RFC 6455 7.4: close code 1006', frames: [raw(Opcode.Close, '03 ee')], fault: 'close-code', closeCode: 1002 },
  { name: 'RFC 6455 7.4: close code 999', frames: [raw(Opcode.Close, '03 e7')], fault: 'close-code', closeCode: 1002 },
  {
    name: 'RFC 6455 5.5.1: a close reason that is not UTF-8',
    frames: [raw(Opcode.Close, '03 e8 ff')],
    fault: 'utf8-invalid',
    closeCode: 1007,
  },
  {
    name: 'RFC 6455 5.2: a reserved bit',
    frames: [{ ...text('x'), rsv1: true }],
    fault: 'reserved-bits',
    closeCode: 1002,
  },
  {
    name: 'a message over the limit',
    frames: [text('x'.repeat(300), false), more('y'.repeat(301))],
    fault: 'message-too-large',
    closeCode: 1009,
  },
  { name: 'a frame over the limit', frames: [text('x'.repeat(401))], fault: 'frame-too-large', closeCode: 1009 },
];

const limits = { maxFrameBytes: 400, maxMessageBytes: 600 };

for (const role of roles) {
  const vectorOf = (frames: readonly FrameInit[], events: readonly string[], output: readonly string[] = []) => ({
    hex: formatHex(fromPeer(role, ...frames)),
    expected: [...events.map((event) => `told ${event}`), ...output.map((frame) => `wrote ${frame}`)],
  });
  /** Takes the output once, at the end: what it is does not depend on when. */
  const read = (chunks: readonly Uint8Array[]) => {
    const protocol = protocolOf(role, limits);
    const events = chunks.flatMap((chunk) => protocol.receive(chunk)).map(eventText);
    const output = outputText(role, protocol.takeOutput());
    return [...events.map((event) => `told ${event}`), ...output.map((frame) => `wrote ${frame}`)];
  };
  const behind = formatHex(fromPeer(role, ping('behind'), text('behind')));

  describe(`a ${role} that is open`, () => {
    const vectors = exchanges.map(({ name, frames, events, output }) => ({
      name,
      ...vectorOf(frames, events, output),
    }));
    // What comes behind is read too, so only what was told before it is the same.
    const told = (chunks: readonly Uint8Array[]) => read(chunks).filter((line) => !line.includes('behind'));
    testThreeWays(vectors, told, behind);
  });

  describe(`a ${role} whose peer closes`, () => {
    testThreeWays(
      endings.map(({ name, frames, events, output }) => ({ name, ...vectorOf(frames, events, output) })),
      read,
      behind,
    );

    for (const { name, frames, output = [] } of endings) {
      test(`hears and writes nothing afterwards: ${name}`, () => {
        const protocol = protocolOf(role);
        const after = fromPeer(role, ping('behind'), text('behind'), close(1000));
        const first = run(role, protocol, [Buffer.concat([fromPeer(role, ...frames), after]), after]);
        expect(first).toEqual({
          events: first.events.filter((event) => !event.includes('behind')),
          output,
          state: 'closed',
          transport: role === 'server' ? 'end' : 'await-end',
        });
        expect(protocol.send('late')).toBe(-1);
        expect([protocol.ping(), protocol.pong(), protocol.sendFragments(Opcode.Text, [none])]).toEqual([
          false,
          false,
          false,
        ]);
        protocol.close(1000);
        expect(protocol.takeOutput()).toEqual([]);
      });
    }
  });

  describe(`a ${role} whose peer breaks a rule`, () => {
    const vectors: WireVector<string>[] = faults.map(({ name, frames, fault, closeCode }) => ({
      name: `${name} gives one close frame ${closeCode}`,
      ...vectorOf([text('first'), ...frames], ['message: first', `fault: ${fault}`], [`CLOSE ${closeCode}`]),
    }));
    testThreeWays(vectors, read, behind);

    for (const { name, frames, fault } of faults) {
      test(`hears and writes nothing afterwards: ${name}`, () => {
        const protocol = protocolOf(role, limits);
        const after = fromPeer(role, ping('behind'), text('behind'), close(1000));
        const { output, ...rest } = run(role, protocol, [fromPeer(role, text('first'), ping('1'), ...frames), after]);
        expect(rest).toEqual({
          events: ['message: first', 'ping: 1', `fault: ${fault}`],
          state: 'failed',
          transport: role === 'server' ? 'end' : 'await-end',
        });
        expect(output.map((frame) => frame.slice(0, 5))).toEqual(['PONG ', 'CLOSE']);
        expect([protocol.send('late'), protocol.ping(), protocol.pong()]).toEqual([-1, false, false]);
        protocol.close(1000);
        expect(protocol.takeOutput()).toEqual([]);
        expect(protocol.outcome()).toMatchObject({ code: 1006, reason: '', wasClean: false, error: { code: fault } });
      });
    }

    it('is refused by the mask', () => {
      const wrong = fromPeer(role === 'client' ? 'server' : 'client', text('x'));
      const fault = role === 'client' ? 'mask-unexpected' : 'mask-missing';
      expect(run(role, protocolOf(role), [wrong])).toMatchObject({
        events: [`fault: ${fault}`],
        output: ['CLOSE 1002'],
      });
    });

    it('gets a close frame that says why', () => {
      const protocol = protocolOf(role);
      protocol.receive(fromPeer(role, more('x')));
      const decoder = new FrameDecoder({ role: role === 'client' ? 'server' : 'client' });
      const [frame] = protocol.takeOutput().flatMap((chunk) => decoder.push(chunk));
      expect(Buffer.from(frame?.payload ?? none).toString('utf8', 2)).toMatch(/^continuation-unexpected: /);
    });

    it('is refused at the first byte that is no text, inside a frame that goes on', () => {
      const protocol = protocolOf(role);
      const bytes = fromPeer(role, raw(Opcode.Text, '61 e2 82 28 61 61 61 61'));
      const at = bytes.length - 5;
      for (const byte of byteByByte(bytes.subarray(0, at))) expect(protocol.receive(byte)).toEqual([]);
      expect(protocol.receive(bytes.subarray(at, at + 1)).map(eventText)).toEqual(['fault: utf8-invalid']);
    });

    for (const { name, hex, at, fault } of [
      { name: 'a close frame of 1 byte by its length', hex: '03', at: 0, fault: 'close-payload' },
      { name: 'a close code by its second byte', hex: '03 ee 61 62', at: 2, fault: 'close-code' },
      { name: 'a close reason by its first byte that is no text', hex: '03 e8 61 ff 62', at: 4, fault: 'utf8-invalid' },
    ]) {
      test(`is refused at once: ${name}`, () => {
        const protocol = protocolOf(role);
        const bytes = fromPeer(role, raw(Opcode.Close, hex));
        const end = bytes.length - fromHex(hex).length + at;
        for (const byte of byteByByte(bytes.subarray(0, end - 1))) expect(protocol.receive(byte)).toEqual([]);
        expect(protocol.receive(bytes.subarray(end - 1, end)).map(eventText)).toEqual([`fault: ${fault}`]);
      });
    }

    it('is refused by what a header announces, before the payload', () => {
      const protocol = protocolOf(role, { maxMessageBytes: 10 });
      protocol.receive(fromPeer(role, text('123456', false)));
      const header = fromPeer(role, more('12345')).subarray(0, -5);
      expect(protocol.receive(header).map(eventText)).toEqual(['fault: message-too-large']);
    });

    it('while we close, gets no second close frame', () => {
      const protocol = protocolOf(role);
      protocol.close(1000);
      const result = run(role, protocol, [fromPeer(role, text('a'), ping('1'), more('x'))]);
      expect(result).toMatchObject({
        events: ['message: a', 'ping: 1', 'fault: continuation-unexpected'],
        output: ['CLOSE 1000'],
        state: 'failed',
      });
    });
  });

  describe(`a ${role} that is told the end`, () => {
    for (const { name, end, written } of [
      { name: 'a close frame', end: [close(3000, 'bye')], written: 'CLOSE 3000' },
      { name: 'a fault', end: [more('x')], written: 'CLOSE 1002' },
    ]) {
      test(`RFC 6455 5.5.1: answers a message before ${name} in the same chunk before its own close frame`, () => {
        const protocol = protocolOf(role);
        const events = protocol.receive(fromPeer(role, ping('1'), text('a'), ...end));
        expect(events[1]).toEqual({ type: 'message', data: 'a' });
        expect(protocol.takesMessages).toBe(true);
        expect(protocol.send('answer')).toBe(6);
        expect(protocol.sendFragments(Opcode.Binary, [none])).toBe(true);
        expect(outputText(role, protocol.takeOutput())).toEqual(['PONG 1', 'TEXT answer', 'BINARY', written]);

        expect(protocol.takesMessages).toBe(false);
        expect(protocol.send('late')).toBe(-1);
        expect(protocol.takeOutput()).toEqual([]);
      });

      test(`closes once, whatever the app does between ${name} and the output`, () => {
        const protocol = protocolOf(role);
        protocol.receive(fromPeer(role, ...end));
        protocol.close(4000);
        expect([protocol.ping(), protocol.pong()]).toEqual([false, false]);
        expect(outputText(role, protocol.takeOutput())).toEqual([written]);
      });
    }
  });

  describe(`a ${role} that closes`, () => {
    it('reads on until the close frame of its peer', () => {
      const protocol = protocolOf(role);
      protocol.close(1000, 'done');
      expect([protocol.state, protocol.transport]).toEqual(['closing', 'keep']);
      const chunks = [
        fromPeer(role, text('late'), text('ha', false)),
        fromPeer(role, more('lf'), ping('1')),
        fromPeer(role, close(1000), text('too late')),
      ];
      expect(run(role, protocol, chunks)).toEqual({
        events: ['message: late', 'message: half', 'ping: 1', 'close: 1000'],
        output: ['CLOSE 1000', 'PONG 1'],
        state: 'closed',
        transport: role === 'server' ? 'end' : 'await-end',
      });
      expect(protocol.outcome()).toEqual({ code: 1000, reason: '', wasClean: true });
    });

    it('answers no ping once both close frames have passed', () => {
      const protocol = protocolOf(role);
      protocol.close(1000);
      expect(run(role, protocol, [fromPeer(role, ping('1'), close(1000))])).toMatchObject({
        events: ['ping: 1', 'close: 1000'],
        output: ['CLOSE 1000'],
      });
    });

    it('sends nothing of its own afterwards', () => {
      const protocol = protocolOf(role);
      protocol.send('before');
      protocol.close(4000);
      expect([protocol.send('after'), protocol.ping(), protocol.pong()]).toEqual([-1, false, false]);
      expect(protocol.sendFragments(Opcode.Binary, [none])).toBe(false);
      protocol.close(1000, 'again');
      expect(outputText(role, protocol.takeOutput())).toEqual(['TEXT before', 'CLOSE 4000']);
    });

    it('at the same time as its peer is done when both frames have passed', () => {
      const protocol = protocolOf(role);
      protocol.close(4000, 'mine');
      expect(run(role, protocol, [fromPeer(role, close(4001, 'yours'))])).toMatchObject({
        events: ['close: 4001 yours'],
        output: ['CLOSE 4000'],
        state: 'closed',
      });
      expect(protocol.outcome()).toEqual({ code: 4001, reason: 'yours', wasClean: true });
    });

    it('without a code sends an empty close frame', () => {
      const protocol = protocolOf(role);
      protocol.close();
      expect(outputText(role, protocol.takeOutput())).toEqual(['CLOSE']);
    });

    it('throws on a code that may not travel, and stays open', () => {
      const protocol = protocolOf(role);
      expect(() => protocol.close(1006)).toThrow(expect.objectContaining({ code: 'invalid-close-code' }));
      expect(protocol.state).toBe('open');
      expect(protocol.takeOutput()).toEqual([]);
    });
  });

  describe(`a ${role} that sends`, () => {
    for (const { name, message, output, bytes } of [
      { name: 'text', message: 'hé', output: 'TEXT hé', bytes: 3 },
      { name: 'bytes', message: utf8('b'), output: 'BINARY b', bytes: 1 },
      {
        name: 'an ArrayBuffer',
        message: new Uint8Array(utf8('buffer')).buffer,
        output: 'BINARY buffer',
        bytes: 6,
      },
      {
        name: 'a view into the middle of a buffer',
        message: utf8('xviewx').subarray(1, 5),
        output: 'BINARY view',
        bytes: 4,
      },
      {
        name: 'a view of 16-bit numbers, by its bytes',
        message: new Uint16Array(Uint8Array.of(0x61, 0x62, 0x63, 0x64).buffer, 2, 1),
        output: 'BINARY cd',
        bytes: 2,
      },
      { name: 'nothing', message: '', output: 'TEXT', bytes: 0 },
    ])
      test(`sends ${name}`, () => {
        const protocol = protocolOf(role);
        expect(protocol.send(message)).toBe(bytes);
        expect(outputText(role, protocol.takeOutput())).toEqual([output]);
        expect(protocol.takeOutput(), 'once').toEqual([]);
      });

    it('cuts long messages into fragments', () => {
      const protocol = protocolOf(role, { maxFragmentBytes: 4 });
      protocol.send('123456789');
      protocol.send('1234');
      expect(outputText(role, protocol.takeOutput())).toEqual([
        'TEXT- 1234',
        'CONTINUATION- 5678',
        'CONTINUATION 9',
        'TEXT 1234',
      ]);
    });

    it('sends a message in just the fragments it is told', () => {
      const protocol = protocolOf(role);
      protocol.sendFragments(Opcode.Text, ['and a', 'happy new', 'year!'].map(utf8));
      expect(outputText(role, protocol.takeOutput())).toEqual([
        'TEXT- and a',
        'CONTINUATION- happy new',
        'CONTINUATION year!',
      ]);
    });

    it('sends no text that is not UTF-8, and what is none as binary (RFC 6455 5.6)', () => {
      const protocol = protocolOf(role);
      for (const pieces of [['ff'], ['e2', '82'], ['61', 'c3', '28']]) {
        const send = () => protocol.sendFragments(Opcode.Text, pieces.map(fromHex));
        expect(send, pieces.join()).toThrow(expect.objectContaining({ code: 'utf8-invalid' }));
      }
      expect(protocol.takeOutput()).toEqual([]);
      expect(protocol.sendFragments(Opcode.Text, ['e2', '82', 'ac'].map(fromHex))).toBe(true);
      expect(protocol.sendFragments(Opcode.Binary, [fromHex('ff')])).toBe(true);
    });

    it('sends pings and pongs', () => {
      const protocol = protocolOf(role);
      expect([protocol.ping(), protocol.ping(utf8('1')), protocol.pong(utf8('2'))]).toEqual([true, true, true]);
      expect(outputText(role, protocol.takeOutput())).toEqual(['PING', 'PING 1', 'PONG 2']);
      expect(() => protocol.ping(new Uint8Array(126))).toThrow(expect.objectContaining({ code: 'invalid-frame' }));
    });

    it('does not change what it is given', () => {
      const message = utf8('keep');
      const protocol = protocolOf(role);
      protocol.send(message);
      expect(message).toEqual(utf8('keep'));
    });
  });

  describe(`a ${role} that is flooded with pings`, () => {
    const pings = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => ping(String(from + index)));

    it('answers the latest 16 that wait', () => {
      const protocol = protocolOf(role);
      expect(protocol.receive(fromPeer(role, ...pings(0, 100)))).toHaveLength(100);
      const answered = Array.from({ length: 16 }, (_, index) => `PONG ${84 + index}`);
      expect(outputText(role, protocol.takeOutput())).toEqual(answered);
    });

    it('answers as many as maxPendingPongs says, counted anew when the output was taken', () => {
      const protocol = protocolOf(role, { maxPendingPongs: 2 });
      protocol.receive(fromPeer(role, ...pings(0, 2)));
      expect(outputText(role, protocol.takeOutput())).toEqual(['PONG 0', 'PONG 1']);
      protocol.receive(fromPeer(role, ...pings(2, 5)));
      expect(outputText(role, protocol.takeOutput())).toEqual(['PONG 3', 'PONG 4']);
    });

    it('answers the latest when it may, where the peer does not read', () => {
      const protocol = protocolOf(role, { maxPendingPongs: 2 });
      protocol.holdPongs(true);
      for (let at = 0; at < 1000; at++) {
        protocol.receive(fromPeer(role, ping(String(at))));
        expect(protocol.takeOutput()).toEqual([]);
      }
      protocol.send('first');
      expect(outputText(role, protocol.takeOutput())).toEqual(['TEXT first']);
      protocol.holdPongs(false);
      expect(outputText(role, protocol.takeOutput())).toEqual(['PONG 998', 'PONG 999']);
    });

    it('answers before what is sent next', () => {
      const protocol = protocolOf(role);
      protocol.receive(fromPeer(role, ping('1')));
      protocol.send('next');
      expect(outputText(role, protocol.takeOutput())).toEqual(['PONG 1', 'TEXT next']);
    });
  });
}

describe('a message that is encoded for many', () => {
  it('goes out as the same bytes from every server', () => {
    const encoded = encodeMessage('to all');
    const [first = [], second = []] = [protocolOf('server'), protocolOf('server')].map((protocol) => {
      protocol.receive(fromPeer('server', ping('1')));
      expect(protocol.sendEncoded(encoded)).toBe(6);
      return protocol.takeOutput();
    });
    expect(outputText('server', first)).toEqual(['PONG 1', 'TEXT to all']);
    expect(first.at(-1)).toBe(second.at(-1));
  });

  it('may be binary', () => {
    const protocol = protocolOf('server');
    protocol.sendEncoded(encodeMessage(Uint8Array.of(1, 2).subarray(1)));
    expect(protocol.takeOutput()).toEqual([encodeFrame({ opcode: Opcode.Binary, payload: Uint8Array.of(2) })]);
  });

  it('is not sent by a server that is closing', () => {
    const protocol = protocolOf('server');
    protocol.close();
    protocol.takeOutput();
    expect(protocol.sendEncoded(encodeMessage('late'))).toBe(-1);
    expect(protocol.takeOutput()).toEqual([]);
  });

  it('RFC 6455 5.3: is never sent by a client, whose frames are masked one by one', () => {
    expect(() => protocolOf('client').sendEncoded(encodeMessage('bare'))).toThrow(
      expect.objectContaining({ code: 'invalid-frame' }),
    );
  });
});

describe('how a connection ended', () => {
  it('is 1006 where no close frame came, with the error of the line', () => {
    const error = new HoldfastError('connection-lost', 'reset');
    expect(protocolOf('client').outcome(error)).toEqual({ code: 1006, reason: '', wasClean: false, error });
    expect(protocolOf('client').outcome()).toMatchObject({ code: 1006, error: { code: 'connection-lost' } });
  });

  it('is 1006 where only ours went out', () => {
    const protocol = protocolOf('client');
    protocol.close(1000);
    expect(protocol.outcome()).toMatchObject({ code: 1006, wasClean: false, error: { code: 'connection-lost' } });
  });

  it('is clean where both have passed, whatever the line did then', () => {
    const protocol = protocolOf('client');
    protocol.receive(fromPeer('client', close(1001, 'bye')));
    expect(protocol.outcome(new HoldfastError('connection-lost'))).toEqual({
      code: 1001,
      reason: 'bye',
      wasClean: true,
    });
  });
});

it('asks for a fresh key for every frame of a client (CVE-2025-10148)', () => {
  let count = 0;
  const protocol = new Protocol({ role: 'client', createMaskingKey: () => Uint8Array.of(++count, 0, 0, 0) });
  protocol.receive(fromPeer('client', ping()));
  protocol.send('a');
  protocol.sendFragments(Opcode.Text, [none, none]);
  protocol.ping();
  protocol.close(1000);
  const decoder = new FrameDecoder({ role: 'server' });
  const frames = protocol.takeOutput().flatMap((chunk) => decoder.push(chunk));
  expect(frames.map(({ maskingKey }) => maskingKey?.[0])).toEqual([1, 2, 3, 4, 5, 6]);
});

it('is no client without a source of masking keys (RFC 6455 5.1)', () => {
  const options = { role: 'client' } as unknown as ProtocolOptions;
  expect(() => new Protocol(options)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});

it('never masks as a server', () => {
  const protocol = protocolOf('server');
  protocol.send('a');
  expect(protocol.takeOutput().map(formatHex)).toEqual(['81 01 61']);
});

it('takes small messages and long pings under a small limit', () => {
  const protocol = protocolOf('client', { maxMessageBytes: 4, maxFrameBytes: 4 });
  const chunk = fromPeer('client', ping('longer than four'), text('four'), close(1000, 'longer than four'));
  expect(run('client', protocol, [chunk]).events).toEqual([
    'ping: longer than four',
    'message: four',
    'close: 1000 longer than four',
  ]);
});

// Invariant: any bytes give the same events and the same output under any cutting, at most one close frame is written
// and nothing behind it, and nothing but a HoldfastError is told.
describe('any bytes under any cutting', () => {
  const payload = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }).map(utf8),
    fc.uint8Array({ maxLength: 8 }),
    fc.uint8Array({ minLength: 120, maxLength: 130 }),
  );
  const data = fc.record({
    fin: fc.boolean(),
    opcode: fc.constantFrom(Opcode.Continuation, Opcode.Text, Opcode.Binary),
    payload,
  });
  const control = fc.record({
    opcode: fc.constantFrom(Opcode.Ping, Opcode.Pong),
    payload: fc.uint8Array({ maxLength: 4 }),
  });
  const closing = fc.constantFrom(1000, 1001, 3000, 1005).map((code) => close(code, 'bye'));
  const frame: fc.Arbitrary<FrameInit> = fc.oneof(
    { weight: 6, arbitrary: data },
    { weight: 4, arbitrary: control },
    { weight: 1, arbitrary: closing },
  );
  const part = fc.oneof({ weight: 9, arbitrary: frame }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) });

  for (const role of roles) {
    for (const closesFirst of [false, true]) {
      test(`are the same to a ${role}${closesFirst ? ' that closes' : ''}`, () => {
        fc.assert(
          fc.property(fc.array(part, { maxLength: 10 }), fc.array(fc.nat(300), { maxLength: 10 }), (parts, cuts) => {
            const bytes = new Uint8Array(
              Buffer.concat(parts.map((chunk) => (chunk instanceof Uint8Array ? chunk : fromPeer(role, chunk)))),
            );
            const results = [[bytes], byteByByte(bytes), cutAt(bytes, cuts)].map((chunks) => {
              const protocol = protocolOf(role, { maxFrameBytes: 128, maxMessageBytes: 200 });
              if (closesFirst) protocol.close(1000);
              const events = chunks.flatMap((chunk) => protocol.receive(chunk));
              for (const event of events) {
                if (event.type === 'fault') expect(event.error).toBeInstanceOf(HoldfastError);
              }
              const output = outputText(role, protocol.takeOutput());
              return { events: events.map(eventText), output, outcome: protocol.outcome(), state: protocol.state };
            });
            const [whole] = results;
            expect(results[1]).toEqual(whole);
            expect(results[2]).toEqual(whole);
            const first = whole?.output.findIndex((frameText) => frameText.startsWith('CLOSE')) ?? -1;
            const behindClose = first < 0 ? [] : (whole?.output.slice(first + 1) ?? []);
            expect(behindClose.filter((frameText) => !(closesFirst && frameText.startsWith('PONG')))).toEqual([]);
          }),
          { numRuns: 300 },
        );
      });
    }
  }
});

// Invariant: what one end sends, the other is told, in order and whole, for both directions and any cutting.
it('carries messages between a client and a server', () => {
  const message = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 8 }),
      fc.integer({ min: 1, max: 70 }),
      fc.constantFrom(...roles),
      (sent, size, role) => {
        const sender = protocolOf(role, { maxFragmentBytes: size });
        const receiver = protocolOf(role === 'client' ? 'server' : 'client');
        for (const data of sent) sender.send(data);
        sender.close(1000);
        const bytes = new Uint8Array(Buffer.concat(sender.takeOutput()));
        const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
        const events = cutAt(bytes, cuts).flatMap((chunk) => receiver.receive(chunk));
        const closed = { type: 'close', code: 1000, reason: '' };
        expect(events).toEqual([...sent.map((data) => ({ type: 'message', data })), closed]);
      },
    ),
    { numRuns: 200 },
  );
});

describe('messages that an extension encodes', () => {
  /** Turns each byte around, but nothing of one byte. */
  const turning: MessageCodec = {
    encode: (payload) => (payload.length === 1 ? undefined : payload.map((byte) => byte ^ 0xff)),
    decode: (fragment) => fragment.map((byte) => byte ^ 0xff),
    maxEncodedBytes: (bytes) => bytes,
  };
  const framesOf = (protocol: Protocol) => {
    const decoder = new FrameDecoder({ role: 'client', allowRsv1: true });
    return protocol.takeOutput().flatMap((chunk) => decoder.push(chunk));
  };

  for (const role of roles) {
    test(`come through, between such that are not encoded, and control frames: ${role}`, () => {
      const sender = protocolOf(role, { codec: turning, maxFragmentBytes: 2 });
      const receiver = protocolOf(role === 'client' ? 'server' : 'client', { codec: turning });
      expect([sender.send('hello'), sender.send('plain', false), sender.send('€'), sender.send('x')]).toEqual([
        5, 5, 3, 1,
      ]);
      sender.ping(utf8('?'));
      sender.sendFragments(Opcode.Text, [utf8('as it '), utf8('is')]);
      const events = sender.takeOutput().flatMap((chunk) => receiver.receive(chunk));
      const messages = ['hello', 'plain', '€', 'x'].map((data) => `message: ${data}`);
      expect(events.map(eventText)).toEqual([...messages, 'ping: ?', 'message: as it is']);
    });
  }

  it('have RSV1 on their first frame alone', () => {
    const server = protocolOf('server', { codec: turning, maxFragmentBytes: 2 });
    for (const message of ['abc', 'x']) server.send(message);
    server.close();
    expect(framesOf(server).map(({ rsv1, fin, opcode }) => [rsv1, fin, opcode])).toEqual([
      [true, false, Opcode.Text],
      [false, true, Opcode.Continuation],
      [false, true, Opcode.Text],
      [false, true, Opcode.Close],
    ]);
  });

  it('may be encoded once for many', () => {
    const server = protocolOf('server', { codec: turning });
    const client = protocolOf('client', { codec: turning });
    for (const message of ['many', 'x'])
      expect(server.sendEncoded(encodeMessage(message, turning))).toBe(message.length);
    const events = server.takeOutput().flatMap((chunk) => client.receive(chunk));
    expect(events.map(eventText)).toEqual(['message: many', 'message: x']);
  });

  it('are a fault where no extension was agreed on', () => {
    const server = protocolOf('server');
    const events = server.receive(fromPeer('server', { ...text('a'), rsv1: true }));
    expect(events.map(eventText)).toEqual(['fault: reserved-bits']);
  });
});

// Invariant: in whatever chunks bytes come, and whether they stay or their memory is written over as soon as the events are
// told, the events are the same.
it('keeps nothing of a chunk that was only borrowed', () => {
  const frame = fc.record({
    opcode: fc.constantFrom(Opcode.Text, Opcode.Binary, Opcode.Ping, Opcode.Pong),
    length: fc.oneof(fc.nat(125), fc.nat(9000)),
    fill: fc.integer({ min: 1, max: 127 }),
  });
  const cuts = fc.array(fc.oneof(fc.nat(20), fc.nat(12_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), cuts, (frames, lengths) => {
      const bytes = Buffer.concat(
        frames.map(({ opcode, length, fill }) => {
          const most = opcode === Opcode.Ping || opcode === Opcode.Pong ? 125 : length;
          return encodeFrame({ opcode, payload: new Uint8Array(Math.min(length, most)).fill(fill) });
        }),
      );
      const lent = new Protocol({ role: 'client', createMaskingKey: () => Uint8Array.of(1, 2, 3, 4) });
      const given = new Protocol({ role: 'client', createMaskingKey: () => Uint8Array.of(1, 2, 3, 4) });
      const shared = new Uint8Array(12_100);
      const events: ProtocolEvent[] = [];
      const expected: ProtocolEvent[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const part = Uint8Array.from(bytes.subarray(at, at + 1 + (lengths.at(turn % lengths.length) ?? 0)));
        at += part.length;
        shared.set(part);
        events.push(...lent.receive(shared.subarray(0, part.length), true));
        shared.fill(0xff);
        expected.push(...given.receive(part));
      }
      expect(events).toEqual(expected);
      expect(Buffer.concat(lent.takeOutput())).toEqual(Buffer.concat(given.takeOutput()));
    }),
    { numRuns: 150 },
  );
});
