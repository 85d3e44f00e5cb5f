import { formatHex } from '../bytes/hex.ts';
import { cutUtf8, Utf8Decoder } from '../bytes/utf8.ts';
import { isCloseCodeOnWire } from '../close-code.ts';
import { encodeFrame } from './encode-frame.ts';
import type { FrameInit } from './frame-header.ts';
import { Opcode } from './frame.ts';

const opcodeNames: Record<Opcode, string> = {
  [Opcode.Continuation]: 'CONTINUATION',
  [Opcode.Text]: 'TEXT',
  [Opcode.Binary]: 'BINARY',
  [Opcode.Close]: 'CLOSE',
  [Opcode.Ping]: 'PING',
  [Opcode.Pong]: 'PONG',
};

/** How much of a payload is shown, in bytes. */
const shownPayloadBytes = 32;

/** One line for people: `TEXT fin masked 37 fa 21 3d, 5 bytes: "Hello"`. Long payloads are shown by their start. */
export function formatFrame(frame: FrameInit): string {
  const { fin = true, rsv1, rsv2, rsv3, opcode, maskingKey, payload } = frame;
  const flags = [
    opcodeNames[opcode],
    fin && 'fin',
    rsv1 && 'rsv1',
    rsv2 && 'rsv2',
    rsv3 && 'rsv3',
    maskingKey && `masked ${formatHex(maskingKey)}`,
  ].filter(Boolean);
  const size = `${payload.length} ${payload.length === 1 ? 'byte' : 'bytes'}`;
  const content = payload.length === 0 ? '' : `: ${formatPayload(opcode, payload)}`;
  return `${flags.join(' ')}, ${size}${content}`;
}

/**
 * The frame as it travels, drawn as RFC 6455 5.2 draws it: 32 bits a row, each field with its name and its value, the
 * payload masked where there is a key. Payloads over 32 bytes are shown by their start.
 */
export function formatFrameDiagram(frame: FrameInit): string {
  const rows = layOut(frameFields(frame));
  const lines = [
    ` ${Array.from({ length: 32 }, (_, bit) => (bit % 10 === 0 ? bit / 10 : ' ')).join(' ')}`.trimEnd(),
    ` ${Array.from({ length: 32 }, (_, bit) => bit % 10).join(' ')}`,
    rule(32),
  ];
  for (const row of rows) {
    lines.push(drawRow(row, 'name'), drawRow(row, 'value'), rule(row.reduce((bits, cell) => bits + cell.bits, 0)));
  }
  const hidden = frame.payload.length - shownPayloadBytes;
  if (hidden > 0) lines.push(` and ${hidden} more bytes of payload`);
  return lines.join('\n');
}

interface Field {
  readonly name: string;
  readonly bits: number;
  /** The value of its bits from `from` on, `count` of them: a field may be drawn over several rows. */
  readonly format: (from: number, count: number) => string;
}

interface Cell {
  readonly name: string;
  readonly value: string;
  readonly bits: number;
}

/** The fields in the order of RFC 6455 5.2, read from the bytes that really travel. */
function frameFields(frame: FrameInit): Field[] {
  const bytes = encodeFrame(frame);
  const [first, second] = bytes as unknown as [number, number];
  const lengthBits = second & 0x7f;
  const extendedBytes = lengthBits === 126 ? 2 : lengthBits === 127 ? 8 : 0;
  const keyStart = 2 + extendedBytes;
  const payloadStart = keyStart + (frame.maskingKey ? 4 : 0);
  const hexFrom =
    (start: number): Field['format'] =>
    (from, count) =>
      formatHex(bytes.subarray(start + from / 8, start + (from + count) / 8));
  const fields: Field[] = [
    ...['F', 'R', 'R', 'R'].map((name, index) => constant(name, 1, String((first >> (7 - index)) & 1))),
    constant('opcode', 4, `0x${(first & 0x0f).toString(16)}`),
    constant('M', 1, String(second >> 7)),
    constant('Payload len', 7, String(lengthBits)),
    { name: 'Extended payload length', bits: extendedBytes * 8, format: hexFrom(2) },
    { name: 'Masking-key', bits: (payloadStart - keyStart) * 8, format: hexFrom(keyStart) },
    {
      name: frame.maskingKey ? 'Payload data (masked)' : 'Payload data',
      bits: Math.min(bytes.length - payloadStart, shownPayloadBytes) * 8,
      format: hexFrom(payloadStart),
    },
  ];
  return fields.filter(({ bits }) => bits > 0);
}

function constant(name: string, bits: number, value: string): Field {
  return { name, bits, format: () => value };
}

/** Cuts the fields into rows of 32 bits. */
function layOut(fields: readonly Field[]): Cell[][] {
  const rows: Cell[][] = [[]];
  let free = 32;
  for (const { name, bits, format } of fields) {
    for (let from = 0; from < bits; ) {
      if (free === 0) {
        rows.push([]);
        free = 32;
      }
      const count = Math.min(free, bits - from);
      rows.at(-1)?.push({ name: from === 0 ? name : '...', value: format(from, count), bits: count });
      free -= count;
      from += count;
    }
  }
  return rows;
}

function drawRow(row: readonly Cell[], line: 'name' | 'value'): string {
  return `|${row.map((cell) => center(cell[line], cell.bits * 2 - 1)).join('|')}|`;
}

function center(text: string, width: number): string {
  const cut = text.slice(0, width);
  return cut.padStart(Math.ceil((width + cut.length) / 2)).padEnd(width);
}

function rule(bits: number): string {
  return `+${'-+'.repeat(bits)}`;
}

function formatPayload(opcode: Opcode, payload: Uint8Array): string {
  if (opcode === Opcode.Close) return formatClose(payload);
  return (opcode === Opcode.Text ? formatText(payload) : undefined) ?? formatBytes(payload);
}

function formatBytes(payload: Uint8Array): string {
  const shown = payload.subarray(0, shownPayloadBytes);
  return formatHex(shown) + (payload.length > shown.length ? ' ...' : '');
}

/** The text in quotes, or `undefined` for bytes that are none, such as a fragment that begins inside a character. */
function formatText(payload: Uint8Array): string | undefined {
  try {
    const start = cutUtf8(payload, shownPayloadBytes * 4);
    const characters = [...new Utf8Decoder().decode(start)];
    const rest = characters.length > shownPayloadBytes || payload.length > start.length ? ' ...' : '';
    return quote(characters.slice(0, shownPayloadBytes).join('')) + rest;
  } catch {
    return undefined;
  }
}

/** JSON leaves these in a text as they are, and a terminal or a page acts on them. */
const acting = /[\x7f-\x9f\u2028\u2029\p{Bidi_Control}]/gu;

/** A text in quotes, without a character that does anything but show itself. */
function quote(text: string): string {
  return JSON.stringify(text).replace(acting, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function formatClose(payload: Uint8Array): string {
  const code = payload.length < 2 ? 0 : (payload[0] as number) * 256 + (payload[1] as number);
  const reason = formatText(payload.subarray(2));
  if (!isCloseCodeOnWire(code) || reason === undefined) return formatBytes(payload);
  return payload.length === 2 ? String(code) : `${code} ${reason}`;
}
