import type { Check } from './check.ts';
import { echo, echoMany } from './echo.ts';
import { bytesOf, textOf, wideTextOf } from './payload.ts';

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 2 ** 20, 2 ** 24];
const characters = [1, 31, 32, 16_384, 2 ** 18];

/** Every kind and length of frame, there and back. */
export const messageChecks: readonly Check[] = [
  ...sizes.map(
    (size): Check => ({
      group: 'text, 0 B to 16 MiB',
      name: `a text of ${size} bytes comes back as it was`,
      run: async (bench) => echo(await bench.open(), textOf(size)),
    }),
  ),
  ...sizes.map(
    (size): Check => ({
      group: 'binary, 0 B to 16 MiB',
      name: `a binary message of ${size} bytes comes back as it was`,
      run: async (bench) => echo(await bench.open(), bytesOf(size)),
    }),
  ),
  ...characters.map(
    (count): Check => ({
      group: 'text of 4-byte characters',
      name: `a text of ${count} characters of 4 bytes comes back as it was`,
      run: async (bench) => echo(await bench.open(), wideTextOf(count)),
    }),
  ),
  {
    group: 'many messages at once',
    name: 'three hundred messages that do not wait for each other come back in order',
    run: async (bench) => echoMany(await bench.open(), 300),
  },
];
