import type { FieldName, FrameLayout } from './frame-layout.ts';
import { formatHex } from './hex.ts';

/** Bytes in a row that belong to the same fields. */
export interface HexRun {
  readonly fields: readonly FieldName[];
  readonly hex: string;
  /** How many bytes are left out after this run. */
  readonly elidedBytes: number;
}

/** Longer payloads are shown by this many bytes of their start. */
const shownPayloadBytes = 48;

/** The frame's bytes as hex, cut where the fields change; the first two bytes hold several fields each. */
export function hexRuns({ fields, bytes, payloadStart }: FrameLayout): HexRun[] {
  const runs: HexRun[] = [];
  if (bytes.length > 0) runs.push(run(['fin', 'rsv1', 'rsv2', 'rsv3', 'opcode'], bytes.subarray(0, 1)));
  if (bytes.length > 1) runs.push(run(['mask', 'length'], bytes.subarray(1, 2)));
  for (const { name, firstBit, bits } of fields) {
    if (firstBit >= 16) runs.push(run([name], bytes.subarray(firstBit / 8, (firstBit + bits) / 8)));
  }
  const payload = bytes.subarray(payloadStart);
  const shown = payload.subarray(0, shownPayloadBytes);
  if (shown.length > 0) runs.push(run(['payload'], shown, payload.length - shown.length));
  return runs;
}

function run(fields: FieldName[], bytes: Uint8Array, elidedBytes = 0): HexRun {
  return { fields, hex: formatHex(bytes), elidedBytes };
}
