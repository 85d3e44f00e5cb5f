import type { Field, FieldName, FrameLayout } from './frame-layout.ts';
import { formatAscii, formatByte } from './hex.ts';

/** A box of the diagram within one row of 32 bits. */
export interface Cell {
  readonly field: FieldName;
  /** 0 to 31. */
  readonly column: number;
  readonly bits: number;
  readonly label: string;
  readonly value: string;
  /** How a masked byte came about, or the character that a plain one is. */
  readonly note: string;
}

/** One line of the diagram: four bytes, or the mark that payload is left out. */
export type Row =
  | { readonly kind: 'cells'; readonly firstByte: number; readonly cells: readonly Cell[] }
  | { readonly kind: 'elided'; readonly firstByte: number; readonly bytes: number };

/** Payloads of more rows than this are shown by their start and their last row. */
const maxPayloadRows = 8;
const shownStartRows = 5;

/** The rows of a frame's bit diagram, 32 bits wide as in RFC 6455 5.2; a long payload is left out in the middle. */
export function diagramRows(layout: FrameLayout): Row[] {
  const rowCount = Math.ceil(layout.bytes.length / 4);
  const firstPayloadRow = Math.floor(layout.payloadStart / 4);
  const isLong = rowCount - firstPayloadRow > maxPayloadRows;
  const elidedFrom = isLong ? firstPayloadRow + shownStartRows : rowCount;
  const elidedTo = isLong ? rowCount - 1 : rowCount;

  const rows: Row[] = [];
  for (let row = 0; row < elidedFrom; row++) rows.push(cellRow(layout, row));
  if (isLong) rows.push({ kind: 'elided', firstByte: elidedFrom * 4, bytes: (elidedTo - elidedFrom) * 4 });
  for (let row = elidedTo; row < rowCount; row++) rows.push(cellRow(layout, row));
  return rows;
}

function cellRow(layout: FrameLayout, row: number): Row {
  const cells = [...layout.fields.flatMap((field) => headerCell(field, row)), ...payloadCells(layout, row)];
  return { kind: 'cells', firstByte: row * 4, cells };
}

/** The part of a header field that lies in this row, if any. */
function headerCell(field: Field, row: number): Cell[] {
  const from = Math.max(field.firstBit, row * 32);
  const to = Math.min(field.firstBit + field.bits, row * 32 + 32);
  if (from >= to) return [];
  const isWhole = to - from === field.bits;
  // Only fields of whole bytes are cut by the end of a row: three characters of hex a byte.
  const value = isWhole
    ? field.value
    : field.value.slice(((from - field.firstBit) / 8) * 3, ((to - field.firstBit) / 8) * 3);
  const label = from === field.firstBit ? field.label : `${field.label}, continued`;
  return [{ field: field.name, column: from % 32, bits: to - from, label, value: value.trim(), note: '' }];
}

function payloadCells({ bytes, payloadStart, maskingKey }: FrameLayout, row: number): Cell[] {
  const from = Math.max(payloadStart, row * 4);
  const to = Math.min(bytes.length, row * 4 + 4);
  const cells: Cell[] = [];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    const keyByte = maskingKey?.[(at - payloadStart) % 4];
    cells.push({
      field: 'payload',
      column: (at % 4) * 8,
      bits: 8,
      label: '',
      value: formatByte(byte),
      note: keyByte === undefined ? formatAscii(byte) : `${formatByte(byte ^ keyByte)} ⊕ ${formatByte(keyByte)}`,
    });
  }
  return cells;
}
