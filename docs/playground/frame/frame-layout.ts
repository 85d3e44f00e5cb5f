import { formatBits, formatHex } from './hex.ts';

export type FieldName =
  | 'fin'
  | 'rsv1'
  | 'rsv2'
  | 'rsv3'
  | 'opcode'
  | 'mask'
  | 'length'
  | 'extended'
  | 'key'
  | 'payload';

/** One field of a frame's header: where it stands, what it holds, what that means (RFC 6455 5.2). */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly firstBit: number;
  readonly bits: number;
  /** As bits for a field within a byte, as hex bytes for a longer one. */
  readonly value: string;
  readonly meaning: string;
}

/** Where the fields of one frame lie in the bytes that travel. */
export interface FrameLayout {
  /** The header's fields, as far as the bytes reach. */
  readonly fields: readonly Field[];
  /** This frame's bytes: fewer than `frameBytes` when some are missing. */
  readonly bytes: Uint8Array;
  readonly payloadStart: number;
  readonly frameBytes: number;
  readonly maskingKey: Uint8Array | undefined;
}

/** How the bytes of a frame are shared out, which its first 2 bytes and its length tell. */
function frameParts(bytes: Uint8Array) {
  const second = bytes[1] ?? 0;
  const lengthBits = second & 0x7f;
  const keyStart = lengthBits === 127 ? 10 : lengthBits === 126 ? 4 : 2;
  const payloadStart = keyStart + (second >= 0x80 ? 4 : 0);
  let payloadBytes = keyStart === 2 ? lengthBits : 0;
  for (let at = 2; at < Math.min(keyStart, bytes.length); at++) payloadBytes = payloadBytes * 256 + (bytes[at] ?? 0);
  return { second, lengthBits, keyStart, payloadStart, payloadBytes, frameBytes: payloadStart + payloadBytes };
}

/** How many bytes the frame at the start of `bytes` has, whose header is there. */
export function frameLength(bytes: Uint8Array): number {
  return frameParts(bytes).frameBytes;
}

/** Finds the fields of the frame at the start of `bytes`. It judges nothing: a frame that breaks a rule is laid out too. */
export function layOutFrame(bytes: Uint8Array): FrameLayout {
  const [first] = bytes;
  const { second, lengthBits, keyStart, payloadStart, payloadBytes, frameBytes } = frameParts(bytes);
  const isMasked = second >= 0x80;
  const maskingKey = isMasked && bytes.length >= payloadStart ? bytes.slice(keyStart, payloadStart) : undefined;

  const fields: Field[] = [];
  if (first !== undefined) fields.push(...firstByteFields(first));
  if (bytes.length > 1) fields.push(...secondByteFields(second, lengthBits));
  if (keyStart > 2 && bytes.length >= keyStart) {
    const extended = bytes.slice(2, keyStart);
    fields.push(byteField('extended', 'Extended payload length', 2, extended, `${payloadBytes} bytes of payload`));
  }
  if (maskingKey) {
    const meaning = 'byte i of the payload is XORed with byte i mod 4 of this';
    fields.push(byteField('key', 'Masking key', keyStart, maskingKey, meaning));
  }
  return { fields, bytes: bytes.subarray(0, frameBytes), payloadStart, frameBytes, maskingKey };
}

function firstByteFields(byte: number): Field[] {
  const opcode = byte & 0x0f;
  const reserved = ([1, 2, 3] as const).map((number) =>
    bitField(`rsv${number}`, `RSV${number}`, byte, number, [
      'no extension uses it',
      'set: an extension must have agreed on what it means',
    ]),
  );
  return [
    bitField('fin', 'FIN', byte, 0, [
      'more fragments of this message follow',
      'the last (or only) fragment of its message',
    ]),
    ...reserved,
    {
      name: 'opcode',
      label: 'Opcode',
      firstBit: 4,
      bits: 4,
      value: formatBits(opcode, 4),
      meaning: opcodeMeaning(opcode),
    },
  ];
}

function secondByteFields(byte: number, lengthBits: number): Field[] {
  const meanings = ['not masked: as a server sends', 'masked: as a client must send'] as const;
  return [
    bitField('mask', 'MASK', byte, 8, meanings),
    {
      name: 'length',
      label: 'Payload length',
      firstBit: 9,
      bits: 7,
      value: formatBits(lengthBits, 7),
      meaning: lengthMeaning(lengthBits),
    },
  ];
}

function bitField(
  name: FieldName,
  label: string,
  byte: number,
  firstBit: number,
  [clear, set]: readonly [string, string],
): Field {
  const bit = (byte >> (7 - (firstBit % 8))) & 1;
  return { name, label, firstBit, bits: 1, value: String(bit), meaning: bit ? set : clear };
}

function byteField(name: FieldName, label: string, start: number, bytes: Uint8Array, meaning: string): Field {
  return { name, label, firstBit: start * 8, bits: bytes.length * 8, value: formatHex(bytes), meaning };
}

const opcodeNames = new Map([
  [0, 'continuation of a fragmented message'],
  [1, 'text, as UTF-8'],
  [2, 'binary'],
  [8, 'close'],
  [9, 'ping'],
  [10, 'pong'],
]);

function opcodeMeaning(opcode: number): string {
  return `0x${opcode.toString(16)}: ${opcodeNames.get(opcode) ?? 'reserved, no meaning yet'}`;
}

function lengthMeaning(lengthBits: number): string {
  if (lengthBits === 126) return '126: the length stands in the next 16 bits';
  if (lengthBits === 127) return '127: the length stands in the next 64 bits';
  return `${lengthBits} ${lengthBits === 1 ? 'byte' : 'bytes'} of payload`;
}
