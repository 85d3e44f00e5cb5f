import type { Cell } from './diagram-rows.ts';
import type { FieldName, FrameLayout } from './frame-layout.ts';
import { formatAscii, formatByte } from './hex.ts';

/** What a person reads of a field that they point at. */
export interface FieldNote {
  readonly title: string;
  /** `RFC 6455 5.2`. */
  readonly section: string;
  /** What the field is for. */
  readonly purpose: string;
  /** What it says here. */
  readonly here: string;
}

const about: Readonly<Record<FieldName, readonly [title: string, section: string, purpose: string]>> = {
  fin: ['FIN', '5.2', 'Whether this frame ends its message. A message may come in several frames.'],
  rsv1: ['RSV1', '5.2', 'Kept for extensions: permessage-deflate marks a compressed message by it.'],
  rsv2: ['RSV2', '5.2', 'Kept for extensions.'],
  rsv3: ['RSV3', '5.2', 'Kept for extensions.'],
  opcode: [
    'Opcode',
    '5.2',
    'What the payload is. From 8 on, a frame is about the connection and not part of a message.',
  ],
  mask: ['MASK', '5.1', 'Whether the payload is masked. A client masks every frame, a server none.'],
  length: ['Payload length', '5.2', 'Up to 125 the length itself; 126 and 127 say that it stands in the bytes behind.'],
  extended: ['Extended payload length', '5.2', 'The length in 2 or 8 bytes, the most significant first.'],
  key: ['Masking key', '5.3', 'Chosen afresh for each frame, so that nobody can choose what bytes stand on the wire.'],
  payload: ['Payload data', '5.2', 'What is carried: the app’s bytes, or what a control frame has to say.'],
};

/** What is to be said of a cell of a frame's diagram, which begins at this byte of the frame. */
export function fieldNote(layout: FrameLayout, cell: Cell, byte: number): FieldNote {
  const [title, section, purpose] = about[cell.field];
  const here =
    cell.field === 'payload'
      ? payloadNote(layout, byte)
      : `${cell.value}: ${layout.fields.find(({ name }) => name === cell.field)?.meaning ?? ''}`;
  return { title, section: `RFC 6455 ${section}`, purpose, here };
}

function payloadNote({ bytes, payloadStart, maskingKey }: FrameLayout, byte: number): string {
  const place = byte - payloadStart;
  const wire = bytes[byte] ?? 0;
  if (!maskingKey) return `byte ${place} is ${formatByte(wire)}, in ASCII ${formatAscii(wire)}`;
  const key = maskingKey[place % 4] ?? 0;
  const plain = wire ^ key;
  return `byte ${place}: ${formatByte(wire)} on the wire ⊕ ${formatByte(key)}, byte ${place % 4} of the key, is ${formatByte(plain)}, in ASCII ${formatAscii(plain)}`;
}
