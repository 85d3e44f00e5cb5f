import { expect } from 'chai';
import type { Bench } from '../ends/bench.ts';
import type { Check } from './check.ts';
import { echo, heardAndEchoed } from './echo.ts';
import { checkCannot } from './cannot.ts';
import { bytesOf, split, textOf, wideTextOf } from './payload.ts';

const messages = [
  ['a text', textOf(65_536)],
  ['a text of 4-byte characters', wideTextOf(16_385)],
  ['a binary message', bytesOf(65_537)],
] as const;

/** Messages in several frames, from either end. */
export const fragmentChecks: readonly Check[] = [
  ...messages.map(
    ([what, message]): Check => ({
      group: 'fragments of the peer',
      name: `${what} that the peer sends in fragments arrives whole`,
      run: unlessItCannot(async (bench) => {
        const line = await bench.open();
        line.order('fragments 3');
        await echo(line, message);
      }),
    }),
  ),
  {
    group: 'fragments of the peer',
    name: 'what the peer sends in fragments is that: an end of ours that takes one alone refuses it',
    run: unlessItCannot(async (bench) => {
      const { ours, order, told } = await bench.open({ maxFragments: 1 });
      order('fragments 3');
      ours.send(textOf(65_536));
      expect(await ours.closed()).to.include({ wasClean: false, error: 'too-many-fragments' });
      expect(await told('closed')).to.include({ code: 1008 });
    }),
  },
  ...messages.map(
    ([what, message]): Check => ({
      group: 'fragments of ours',
      name: `${what} that we send in fragments arrives whole`,
      run: async (bench) => {
        const line = await bench.openBare();
        const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message;
        // Odd lengths cut characters too; the empty ones are fragments like any other.
        const pieces = [new Uint8Array(0), ...split(bytes, 4_099), new Uint8Array(0)];
        line.ours.sendFragments(typeof message === 'string' ? 'text' : 'binary', pieces);
        await heardAndEchoed(line, message);
      },
    }),
  ),
];

function unlessItCannot(run: Check['run']): Check['run'] {
  return (bench: Bench) => (bench.peer.quirks.cannot?.('fragments 3') ? checkCannot(bench, 'fragments 3') : run(bench));
}
