import type { Payload } from '../wire/payload.ts';
import type { AppAct, EndStep, HeardEvent, Message, PeerFrame, SendItem, SendStep, Step } from './row.ts';

type More = Omit<PeerFrame, 'opcode' | 'payload'>;

/** Frames of the peer. */
export const text = (payload: Payload = '', more?: More): PeerFrame => ({ opcode: 1, payload, ...more });
export const binary = (payload: Payload = '', more?: More): PeerFrame => ({ opcode: 2, payload, ...more });
export const more = (payload: Payload = '', extra?: More): PeerFrame => ({ opcode: 0, payload, ...extra });
export const ping = (payload: Payload = '', extra?: More): PeerFrame => ({ opcode: 9, payload, ...extra });
export const pong = (payload: Payload = '', extra?: More): PeerFrame => ({ opcode: 10, payload, ...extra });
/** A close frame; without a code its body is empty. */
export const close = (code?: number, reason: Payload = '', extra?: More): PeerFrame => ({
  opcode: 8,
  payload: code === undefined ? '' : closeBody(code, reason),
  ...extra,
});

/** The body of a close frame (RFC 6455 5.5.1). */
export function closeBody(code: number, reason: Payload = ''): Uint8Array {
  const bytes = typeof reason === 'string' ? Buffer.from(reason) : (reason as Uint8Array);
  return Buffer.concat([Buffer.of(code >> 8, code & 0xff), bytes]);
}

/** A frame up to a byte of its payload, or from there on. */
export const upTo = (payload: number, frame: PeerFrame): PeerFrame => ({ ...frame, part: { to: { payload } } });
export const from = (payload: number, frame: PeerFrame): PeerFrame => ({ ...frame, part: { from: { payload } } });
/** So many bytes of a payload, the first of which is not the frame's first. */
export const within = (start: number, end: number, frame: PeerFrame): PeerFrame => ({
  ...frame,
  part: { from: { payload: start }, to: { payload: end } },
});
/** Only the first bytes of a header, or all but these. */
export const headOf = (header: number, frame: PeerFrame): PeerFrame => ({ ...frame, part: { to: { header } } });
export const behindHead = (header: number, frame: PeerFrame): PeerFrame => ({ ...frame, part: { from: { header } } });

/** What the peer does. */
export const send = (...items: SendItem[]): SendStep => ({ do: 'send', items });
export const chopped = (chopBytes: number, ...items: SendItem[]): SendStep => ({ do: 'send', items, chopBytes });
/** All at once: how much of it is answered depends on that. */
export const burst = (...items: SendItem[]): SendStep => ({ do: 'send', items, isBurst: true });
export const pongBack: Step = { do: 'pong-back' };
export const endTcp: Step = { do: 'cut', how: 'end' };
export const resetTcp: Step = { do: 'cut', how: 'reset' };

/** What our app does. */
export const app = (act: AppAct): Step => ({ do: 'app', act });

/** Nothing more has come. */
export const quiet: Step = { do: 'quiet' };

/** What our side hears and sends. */
export const hears = (event: HeardEvent, times = 1): Step => ({ do: 'hear', event, times });
export const answers = (opcode: number, payload: Payload = '', { fin = true, times = 1 } = {}): Step => ({
  do: 'answer',
  frame: { kind: 'frame', opcode, payload, fin },
  times,
});

/** Our app hears this message. */
export const hearsMessage = (message: Message, times = 1): Step => hears({ type: 'message', message }, times);

/** Our app hears this message and sends it back, in one frame. */
const echoes = (message: Message, times = 1): Step[] => [
  hearsMessage(message, times),
  'text' in message ? answers(1, message.text, { times }) : answers(2, message.binary, { times }),
];
export const echoesText = (payload: Payload, times = 1): Step[] => echoes({ text: payload }, times);
export const echoesBinary = (payload: Payload, times = 1): Step[] => echoes({ binary: payload }, times);

/** Our app hears this message and sends it back, compressed. */
export const echoesCompressed = (opcode: 1 | 2, payload: Payload, { ofBytes = 0, times = 1 } = {}): Step[] => [
  hearsMessage(opcode === 1 ? { text: payload } : { binary: payload }, times),
  { do: 'answer', frame: { kind: 'compressed', opcode, payload, ...(ofBytes > 0 && { ofBytes }) }, times },
];

/** A message that the peer compressed, in one frame. */
export const compressedText = (compressed: Uint8Array, extra?: More): PeerFrame =>
  text(compressed, { rsv: 4, ...extra });
export const compressedBinary = (compressed: Uint8Array, extra?: More): PeerFrame =>
  binary(compressed, { rsv: 4, ...extra });

/** Compressed messages of the peer come back compressed. */
export const exchanges = (opcode: 1 | 2, bytes: number, times: number): Step => ({
  do: 'exchange',
  opcode,
  bytes,
  times,
});

/** Our side hears a ping and answers it. */
export const pongs = (payload: Payload = '', times = 1): Step[] => [
  hears({ type: 'ping', payload }, times),
  answers(10, payload, { times }),
];

/** Our side hears a pong that it did not ask for, and that is all. */
export const hearsPong = (payload: Payload = '', times = 1): Step => hears({ type: 'pong', payload }, times);

/** Our side hears the peer's close frame. */
export const hearsClose = (code: number, reason = ''): Step => hears({ type: 'close', code, reason });

/** Our side hears the peer's close frame, answers it with the same code, and the connection ends in order. */
export const closes = (code = 1000, reason = ''): Step[] => [
  hearsClose(code, reason),
  answers(8, code === 1005 ? '' : closeBody(code)),
  endsClosed(code, reason),
];

/** The peer closes, and the connection ends in order. */
export const peerCloses = (code = 1000): Step[] => [send(close(code)), ...closes(code)];

/** The connection ends after the closing handshake. */
export const endsClosed = (code = 1000, reason = '', end?: Pick<EndStep, 'isPeerSilent'>): EndStep => ({
  do: 'end',
  by: 'close',
  code,
  reason,
  ...end,
});

/** Our side refuses what came, says so in a close frame, and the connection ends in order. */
export const fails = (error: string, code = 1002): Step[] => [
  hears({ type: 'fault', error }),
  { do: 'answer', frame: { kind: 'fault-close', code } },
  endsFailed(error),
];

/** The connection ends by a fault of the peer. */
export const endsFailed = (error: string, end?: Pick<EndStep, 'isPeerSilent'>): EndStep => ({
  do: 'end',
  by: 'fault',
  error,
  ...end,
});

/** The connection ends without a close frame. */
export const endsLost: EndStep = { do: 'end', by: 'loss' };

/** A payload of so many bytes. */
export const stars = (bytes: number): Payload => ({ fill: '*', bytes });
