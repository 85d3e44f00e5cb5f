import { layOutFrame } from '../frame/frame-layout.ts';
import { formatAscii, formatByte } from '../frame/hex.ts';

/** Up to 8 bytes of a payload, as they travelled and as they are. */
export interface PayloadRow {
  /** The place of the first of them in the payload. */
  readonly at: number;
  readonly bytes: readonly { readonly wire: string; readonly plain: string; readonly character: string }[];
}

const rowBytes = 8;
const shownRows = 16;

/** The start of a frame's payload, row by row. */
export function payloadRows(frame: Uint8Array): PayloadRow[] {
  const { bytes, payloadStart, maskingKey } = layOutFrame(frame);
  const payload = bytes.subarray(payloadStart, payloadStart + rowBytes * shownRows);
  const shown = Array.from(payload, (wire, at) => {
    const plain = wire ^ (maskingKey?.[at % 4] ?? 0);
    return { wire: formatByte(wire), plain: formatByte(plain), character: formatAscii(plain) };
  });
  return Array.from({ length: Math.ceil(shown.length / rowBytes) }, (_, row) => ({
    at: row * rowBytes,
    bytes: shown.slice(row * rowBytes, (row + 1) * rowBytes),
  }));
}
