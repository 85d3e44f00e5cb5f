import { encodeFrame, Opcode } from '@holdfast/core';
import { expect, it, test } from 'vitest';
import { diagramRows } from './diagram-rows.ts';
import { fieldNote } from './field-notes.ts';
import { layOutFrame } from './frame-layout.ts';

const payload = new TextEncoder().encode('Hello');

function notesOf(bytes: Uint8Array) {
  const layout = layOutFrame(bytes);
  return diagramRows(layout).flatMap((row) =>
    row.kind === 'cells'
      ? row.cells.map((cell) => ({ cell, ...fieldNote(layout, cell, row.firstByte + Math.floor(cell.column / 8)) }))
      : [],
  );
}

for (const { name, bytes, here } of [
  {
    name: 'RFC 6455 5.7: "Hello", masked',
    bytes: encodeFrame({ opcode: Opcode.Text, payload, maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d) }),
    here: {
      FIN: '1: the last (or only) fragment of its message',
      Opcode: '0001: 0x1: text, as UTF-8',
      MASK: '1: masked: as a client must send',
      'Payload length': '0000101: 5 bytes of payload',
      'Payload data': 'byte 4: 58 on the wire ⊕ 37, byte 0 of the key, is 6f, in ASCII o',
    },
  },
  {
    name: 'the same, unmasked',
    bytes: encodeFrame({ opcode: Opcode.Text, payload }),
    here: { MASK: '0: not masked: as a server sends', 'Payload data': 'byte 4 is 6f, in ASCII o' },
  },
]) {
  test(`every bit of a frame has a note with its section, and what it says here: ${name}`, () => {
    const notes = notesOf(bytes);
    expect(notes.reduce((bits, { cell }) => bits + cell.bits, 0)).toBe(bytes.length * 8);
    for (const note of notes) expect(note.section).toMatch(/^RFC 6455 5\.[123]$/);
    for (const [title, text] of Object.entries(here)) {
      expect(notes.filter((note) => note.title === title).at(-1)?.here, title).toBe(text);
    }
  });
}

it('of a field that goes over two rows has both parts', () => {
  const notes = notesOf(encodeFrame({ opcode: Opcode.Text, payload: new Uint8Array(65_536) }));
  expect(notes.filter(({ title }) => title === 'Extended payload length').length).toBe(3);
});
