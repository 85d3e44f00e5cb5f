import { agreedOn, type Parameters, parameterText } from '../row/compression.ts';
import type { GroupInit, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import { exchanges } from '../row/words.ts';

const KiB = 1024;
const sizes = [16, 64, 256, KiB, 4 * KiB, 8 * KiB, 16 * KiB, 32 * KiB, 64 * KiB, 128 * KiB];
/** From this on a row takes too long for `npm test`. */
const longBytes = 256;

const shown = (bytes: number) => (bytes >= KiB ? `${bytes / KiB} KiB` : `${bytes} bytes`);

const sets: readonly Parameters[] = [
  {},
  { serverNoTakeover: true, clientNoTakeover: true },
  { serverBits: 9, clientBits: 9 },
  { serverNoTakeover: true, clientNoTakeover: true, serverBits: 8, clientBits: 8 },
  { serverNoTakeover: true, serverBits: 12, clientBits: 15 },
];

const thousand = (parameters: Parameters, opcode: 1 | 2, bytes: number): RowInit =>
  row(
    'RFC 7692 7.2',
    `A thousand ${opcode === 1 ? 'texts' : 'binary messages'} of ${shown(bytes)} come back, by ${parameterText(parameters)}`,
    [exchanges(opcode, bytes, 1000)],
    { compression: agreedOn(parameters), ...(bytes >= longBytes && { isLong: true as const }) },
  );

const bySize = (parameters: Parameters): GroupInit =>
  group(
    parameterText(parameters),
    sizes.flatMap((bytes) => [thousand(parameters, 1, bytes), thousand(parameters, 2, bytes)]),
  );

/** Messages of each size, compressed both ways: what our side sends is read with no larger a window than was agreed on. */
export const compressedSizes: Section = section(12, 'Compressed messages of each size', sets.map(bySize));
