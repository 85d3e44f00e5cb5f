import { encodeFrame, type Frame, formatFrame, formatFrameDiagram, Opcode } from '@holdfast/core';
import { formatHex, parseHex } from './hex.ts';

/** What a person chose in the form. */
export interface FrameInput {
  payloadKind: 'text' | 'hex';
  payload: string;
  opcode: Opcode;
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  isMasked: boolean;
  /** As hex. */
  maskingKey: string;
}

/** The opcodes as the form offers them. */
export const opcodeChoices: readonly { readonly value: Opcode; readonly label: string }[] = [
  { value: Opcode.Text, label: '0x1 text' },
  { value: Opcode.Binary, label: '0x2 binary' },
  { value: Opcode.Continuation, label: '0x0 continuation' },
  { value: Opcode.Close, label: '0x8 close' },
  { value: Opcode.Ping, label: '0x9 ping' },
  { value: Opcode.Pong, label: '0xa pong' },
];

/** "Hello" as RFC 6455 5.7 masks it. */
export const firstInput: Readonly<FrameInput> = {
  payloadKind: 'text',
  payload: 'Hello',
  opcode: Opcode.Text,
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  isMasked: true,
  maskingKey: '37 fa 21 3d',
};

/** A frame as it travels and as it reads. */
export interface WireFrame {
  readonly bytes: Uint8Array;
  /** One line for people. */
  readonly line: string;
  /** The bit diagram as text. */
  readonly drawing: string;
}

/** The frame that the form describes, and the same one without its mask. Throws on what cannot be a frame. */
export function makeFrames(input: FrameInput): { chosen: WireFrame; unmasked: WireFrame } {
  const { payloadKind, payload: text, opcode, fin, rsv1, rsv2, rsv3 } = input;
  const payload = payloadKind === 'text' ? new TextEncoder().encode(text) : parseHex(text);
  const plain: Frame = { fin, rsv1, rsv2, rsv3, opcode, payload };
  const unmasked = onWire(plain);
  const chosen = input.isMasked ? onWire({ ...plain, maskingKey: parseHex(input.maskingKey) }) : unmasked;
  return { chosen, unmasked };
}

/** A fresh masking key as hex: 4 bytes that nobody can foresee (RFC 6455 10.3). */
export function randomMaskingKey(): string {
  return formatHex(crypto.getRandomValues(new Uint8Array(4)));
}

function onWire(frame: Frame): WireFrame {
  return { bytes: encodeFrame(frame), line: formatFrame(frame), drawing: formatFrameDiagram(frame) };
}
