import type { Row, Section } from '../row/row.ts';
import { framing } from './01-framing.ts';
import { pings } from './02-pings.ts';
import { reservedBits } from './03-reserved-bits.ts';
import { opcodes } from './04-opcodes.ts';
import { fragmentation } from './05-fragmentation.ts';
import { utf8 } from './06-utf-8.ts';
import { closing } from './07-closing.ts';
import { headers } from './08-headers.ts';
import { sizesAndAmounts } from './09-sizes.ts';
import { autoFragmentation } from './10-auto-fragmentation.ts';
import { limits } from './11-limits.ts';
import { compressedSizes } from './12-compressed-sizes.ts';
import { compressionParameters } from './13-compression-parameters.ts';
import { ourSideBegins } from './14-our-side-begins.ts';
import { compressedMessages } from './15-compressed-messages.ts';
import { compressionFaults } from './16-compression-faults.ts';
import { compressionNegotiation } from './17-compression-negotiation.ts';

/** The whole table. */
export const sections: readonly Section[] = [
  framing,
  pings,
  reservedBits,
  opcodes,
  fragmentation,
  utf8,
  closing,
  headers,
  sizesAndAmounts,
  autoFragmentation,
  limits,
  compressedSizes,
  compressionParameters,
  ourSideBegins,
  compressedMessages,
  compressionFaults,
  compressionNegotiation,
];

/** The rows of a section, in order. */
export function rowsOf({ groups }: Section): readonly Row[] {
  return groups.flatMap((group) => group.rows);
}

/** Every row, in order. */
export const rows: readonly Row[] = sections.flatMap(rowsOf);
