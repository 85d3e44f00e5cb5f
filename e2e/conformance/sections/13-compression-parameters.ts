import { agreedOn, type Parameters, parameterText } from '../row/compression.ts';
import type { GroupInit, RowInit, Section } from '../row/row.ts';
import { group, row, section } from '../row/section.ts';
import { exchanges } from '../row/words.ts';

const windows = [undefined, 8, 9, 10, 11, 12, 13, 14, 15];
/** The longest is longer than each window, and a thousand of the shortest are longer than some. */
const sizes = [16, 300, 2000, 5000, 40_000];

const takeovers: readonly { title: string; parameters: Parameters }[] = [
  { title: 'Both windows go on', parameters: {} },
  { title: 'The server begins anew', parameters: { serverNoTakeover: true } },
  { title: 'The client begins anew', parameters: { clientNoTakeover: true } },
  { title: 'Both begin anew', parameters: { serverNoTakeover: true, clientNoTakeover: true } },
];

/** A set of parameters, with a size and a kind of message that go around, so that each window meets each size. */
function bySet(parameters: Parameters, serverAt: number, clientAt: number): RowInit {
  const bytes = sizes[(serverAt + 2 * clientAt) % sizes.length] as number;
  const opcode = (serverAt + clientAt) % 2 === 0 ? 1 : 2;
  // The sets that are met in practice: the same windows both ways, or one that nothing is said of.
  const times = serverAt === clientAt || serverAt * clientAt === 0 ? 1000 : 100;
  const what = `${times === 1000 ? 'A thousand' : 'A hundred'} ${opcode === 1 ? 'texts' : 'binary messages'}`;
  return row(
    'RFC 7692 7.1',
    `${what} of ${bytes} bytes, by ${parameterText(parameters)}`,
    [exchanges(opcode, bytes, times)],
    { compression: agreedOn(parameters), ...(!(times === 100 && bytes === 300) && { isLong: true as const }) },
  );
}

const everyWindow = ({ title, parameters }: (typeof takeovers)[number]): GroupInit =>
  group(
    title,
    windows.flatMap((serverBits, serverAt) =>
      windows.map((clientBits, clientAt) => bySet({ ...parameters, serverBits, clientBits }, serverAt, clientAt)),
    ),
  );

/** Every set of parameters that two ends can agree on. */
export const compressionParameters: Section = section(
  13,
  'Every set of compression parameters',
  takeovers.map(everyWindow),
);
