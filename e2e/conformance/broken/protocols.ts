import { Protocol, type ProtocolEvent, type ProtocolOptions } from '@holdfast/core';
import type { MakeProtocol } from '../feed/protocol-side.ts';
import type { Role } from '../row/row.ts';
import { maskInPlace } from '../wire/peer-bytes.ts';

/** A Protocol with one fault, and a row that has to fail with it. */
export interface Broken {
  /** What it does wrong. */
  readonly fault: string;
  readonly role: Role;
  readonly make: MakeProtocol;
  /** The rule of a row that shows it. */
  readonly rule: string;
  /** What the failure says. */
  readonly says: RegExp;
}

type Class = new (options: ProtocolOptions) => Protocol;

const of =
  (Side: Class): MakeProtocol =>
  (options) =>
    new Side(options);

/** One whose output goes through a function, frame by frame. */
const writing = (change: (frame: Uint8Array) => Uint8Array[]): MakeProtocol =>
  of(
    class extends Protocol {
      override takeOutput(): Uint8Array[] {
        return super.takeOutput().flatMap(change);
      }
    },
  );

/** One whose events go through a function. */
const telling = (change: (event: ProtocolEvent) => ProtocolEvent[]): MakeProtocol =>
  of(
    class extends Protocol {
      override receive(chunk: Uint8Array): ProtocolEvent[] {
        return super.receive(chunk).flatMap(change);
      }
    },
  );

const isClose = (frame: Uint8Array) => frame[0] === 0x88;

class IgnoresReservedBits extends Protocol {
  override receive(chunk: Uint8Array): ProtocolEvent[] {
    const copy = chunk.slice();
    copy[0]! &= 0x8f;
    return super.receive(copy);
  }
}

/** Takes a byte only when the next one is there. */
class LooksLate extends Protocol {
  #kept: Uint8Array = new Uint8Array(0);

  override receive(chunk: Uint8Array): ProtocolEvent[] {
    const bytes = Buffer.concat([this.#kept, chunk]);
    this.#kept = bytes.subarray(-1);
    return super.receive(bytes.subarray(0, -1));
  }
}

class LosesTheEnd extends Protocol {
  override send(message: string | Uint8Array): number {
    return super.send(message.slice(0, -1));
  }
}

class ClosesBeforeItAnswers extends Protocol {
  override receive(chunk: Uint8Array): ProtocolEvent[] {
    const events = super.receive(chunk);
    this.#output.push(...super.takeOutput());
    return events;
  }

  override takeOutput(): Uint8Array[] {
    return [...this.#output.splice(0), ...super.takeOutput()];
  }

  readonly #output: Uint8Array[] = [];
}

/** Tells which chunk of its peer's was wrong, so that how TCP cuts shows in its close frames. */
class CountsChunks extends Protocol {
  #chunks = 0;

  override receive(chunk: Uint8Array): ProtocolEvent[] {
    this.#chunks += 1;
    return super.receive(chunk);
  }

  override takeOutput(): Uint8Array[] {
    return super.takeOutput().map((frame) => {
      if (isClose(frame) && frame.length > 4) frame[4] = 48 + (this.#chunks % 10);
      return frame;
    });
  }
}

const transport = (value: Protocol['transport']): MakeProtocol =>
  of(
    class extends Protocol {
      override get transport(): Protocol['transport'] {
        const due = super.transport;
        return due === 'keep' ? due : value;
      }
    },
  );

const alwaysTheSameKey: MakeProtocol = (options) =>
  new Protocol({ ...options, role: 'client', createMaskingKey: () => Uint8Array.of(1, 2, 3, 4) });

/** The bytes of a short masked frame without the mask. */
function unmasked(frame: Uint8Array): Uint8Array {
  const payload = frame.slice(6);
  maskInPlace(payload, frame.subarray(2, 6));
  return Buffer.concat([Buffer.of(frame[0]!, frame[1]! & 0x7f), payload]);
}

/** The bytes of a short unmasked frame with a length of 16 bits. */
function widened(frame: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(frame[0]!, 126, 0, frame[1]!), frame.subarray(2)]);
}

const plain = 'A text of 125 bytes comes back';
const closing = 'Close code 3000 is answered with 3000';
const reserved = 'A text with RSV1 is refused';
const brokenEnd = 'A close frame behind a text in one TCP segment: the text comes back before the answer';

/** Faults of sides that are not ours, each of which somebody has published. */
export const brokenProtocols: readonly Broken[] = [
  {
    fault: 'ignores reserved bits',
    role: 'server',
    make: of(IgnoresReservedBits),
    rule: reserved,
    says: /expected our side to hear the fault reserved-bits, got our side to hear a text, 5 bytes: 48 65 6c 6c 6f/,
  },
  {
    fault: 'answers a fault with another code',
    role: 'server',
    make: writing((frame) => [isClose(frame) ? frame.map((byte, index) => (index === 3 ? 0xe8 : byte)) : frame]),
    rule: reserved,
    says: /expected a close frame with 1002 and a reason, got a close frame, .* bytes: 03 e8/,
  },
  {
    fault: 'gives no reason for a fault',
    role: 'server',
    make: writing((frame) => [isClose(frame) ? Buffer.of(0x88, 2, frame[2]!, frame[3]!) : frame]),
    rule: reserved,
    says: /expected a close frame with 1002 and a reason, got a close frame, 2 bytes: 03 ea/,
  },
  {
    fault: 'answers a close frame with 1000 always',
    role: 'server',
    make: writing((frame) => [isClose(frame) ? Buffer.of(0x88, 2, 3, 0xe8) : frame]),
    rule: closing,
    says: /expected a close frame, 2 bytes: 0b b8, got a close frame, 2 bytes: 03 e8/,
  },
  {
    fault: 'answers no close frame',
    role: 'client',
    make: writing((frame) => (isClose(frame) ? [] : [frame])),
    rule: closing,
    says: /expected a close frame, 2 bytes: 0b b8, got no frame/,
  },
  {
    fault: 'loses the last byte of a message',
    role: 'client',
    make: of(LosesTheEnd),
    rule: plain,
    says: /expected a text frame, 125 bytes: .*, got a text frame, 124 bytes/,
  },
  {
    fault: 'tells text as binary',
    role: 'client',
    make: telling((event) => [
      event.type === 'message' && typeof event.data === 'string'
        ? { type: 'message', data: Buffer.from(event.data) }
        : event,
    ]),
    rule: plain,
    says: /expected our side to hear a text, 125 bytes: .*, got our side to hear a binary/,
  },
  {
    fault: 'tells a message twice',
    role: 'server',
    make: telling((event) => (event.type === 'message' ? [event, event] : [event])),
    rule: 'A ping between two fragments is answered before the message is whole',
    says: /expected our side to hear a close, 1000 "", got our side to hear a text/,
  },
  {
    fault: 'looks at text only when it is whole',
    role: 'server',
    make: of(LooksLate),
    rule: 'Refused before the frame is whole: a letter behind E0',
    says: /expected our side to hear the fault utf8-invalid, got no event/,
  },
  {
    fault: 'leaves the payload out of its pongs',
    role: 'server',
    make: writing((frame) => [frame[0] === 0x8a ? Buffer.of(0x8a, 0) : frame]),
    rule: 'A ping is answered by a pong with its payload',
    says: /expected a pong frame, 5 bytes: 48 65 6c 6c 6f, got a pong frame, 0 bytes/,
  },
  {
    fault: 'answers pongs',
    role: 'server',
    make: of(
      class extends Protocol {
        override receive(chunk: Uint8Array): ProtocolEvent[] {
          const events = super.receive(chunk);
          for (const event of events) if (event.type === 'pong') this.pong(event.payload);
          return events;
        }
      },
    ),
    rule: 'A pong with a payload gets no answer',
    says: /expected nothing more, got a pong frame, 9 bytes/,
  },
  {
    fault: 'has one key for all its masks',
    role: 'client',
    make: alwaysTheSameKey,
    rule: 'Two texts in one TCP segment come back as two, in order',
    says: /expected frames that a peer may be sent, got masking key 01020304 twice in a row/,
  },
  {
    fault: 'does not mask',
    role: 'client',
    make: writing((frame) => [unmasked(frame)]),
    rule: closing,
    says: /a client sent no mask/,
  },
  {
    fault: 'writes lengths too wide',
    role: 'server',
    make: writing((frame) => [widened(frame)]),
    rule: plain,
    says: /length 125 is not in its shortest form/,
  },
  {
    fault: 'sets a reserved bit',
    role: 'server',
    make: writing((frame) => [frame.map((byte, index) => (index === 0 ? byte | 0x40 : byte))]),
    rule: plain,
    says: /reserved bits are set: c1/,
  },
  {
    fault: 'sends data behind its close frame',
    role: 'server',
    make: writing((frame) => (isClose(frame) ? [frame, Buffer.of(0x81, 0)] : [frame])),
    rule: closing,
    says: /opcode 1 behind a close frame/,
  },
  {
    fault: 'sends half a frame at the end',
    role: 'server',
    make: writing((frame) => (isClose(frame) ? [frame, Buffer.of(0x8a)] : [frame])),
    rule: closing,
    says: /expected nothing more, got 1 bytes of a frame/,
  },
  {
    fault: 'closes before it answers what came before',
    role: 'server',
    make: of(ClosesBeforeItAnswers),
    rule: brokenEnd,
    says: /expected a text frame, 4 bytes: 6c 61 73 74, got a close frame/,
  },
  {
    fault: 'calls an end clean that was a fault',
    role: 'client',
    make: of(
      class extends Protocol {
        override outcome() {
          return { code: 1000, reason: '', wasClean: true };
        }
      },
    ),
    rule: reserved,
    says: /expected the end: 1006 "", not clean, error reserved-bits, TCP in order, got the end: 1000 "", clean/,
  },
  {
    fault: 'leaves the end of TCP to its peer, as a server',
    role: 'server',
    make: transport('await-end'),
    rule: closing,
    says: /TCP in order, got the end: 3000 "", clean, error none, TCP told to await-end/,
  },
  {
    fault: 'ends TCP first, as a client',
    role: 'client',
    make: transport('end'),
    rule: closing,
    says: /TCP in order, got the end: 3000 "", clean, error none, TCP told to end/,
  },
];

/** One that keeps every rule, but says another thing when its bytes come in other pieces. */
export const dependsOnCuts: MakeProtocol = of(CountsChunks);
