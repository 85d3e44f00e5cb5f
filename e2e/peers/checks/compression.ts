import type { CompressionOptions, HoldfastError } from '@holdfast/node';
import { expect } from 'chai';
import type { Bench } from '../ends/bench.ts';
import type { Check } from './check.ts';
import { echo, echoMany } from './echo.ts';
import { textOf } from './payload.ts';

const size = 2 ** 20;
const agreed = /^permessage-deflate/;

/** What apps may want to settle, for less memory or less work. */
const parameters: readonly CompressionOptions[] = [
  { serverContextTakeover: false, clientContextTakeover: false },
  { serverContextTakeover: false },
  { clientContextTakeover: false },
  { serverMaxWindowBits: 9 },
  { clientMaxWindowBits: 9 },
  { serverMaxWindowBits: 8, clientMaxWindowBits: 8 },
  { level: 1, memLevel: 1, thresholdBytes: 0 },
  { level: 9, memLevel: 9, thresholdBytes: 1_000 },
];

/** Whether frames are compressed, by what the peer was told and by what goes over the wire. */
export const compressionChecks: readonly Check[] = [
  {
    group: 'compressed or not, as agreed',
    name: 'the peer says which extension was agreed',
    run: async (bench) => {
      const { told } = await bench.open();
      const { extensions } = await told('open');
      if (bench.compression && !bench.peer.quirks.hidesExtensions) expect(extensions).to.match(agreed);
      else expect(extensions).to.equal('');
    },
  },
  {
    group: 'compressed or not, as agreed',
    name: 'both ways the wire carries what was agreed: a fraction of each message, or all of it',
    run: async (bench) => {
      const line = await bench.openTapped();
      await echo(line, textOf(size));
      for (const carried of [line.tap.toServer, line.tap.toClient]) {
        if (bench.compression) expect(carried).to.be.below(size / 4);
        else expect(carried).to.be.above(size);
      }
    },
  },
  {
    group: 'compressed or not, as agreed',
    name: 'where one end alone compresses, nothing is compressed',
    run: async (bench) => {
      const line = await bench.open({ compression: !bench.compression });
      const { extensions } = await line.told('open');
      expect(extensions).to.match(bench.peer.quirks.alwaysCompresses && !bench.compression ? agreed : /^$/);
      await echo(line, textOf(65_536));
    },
  },
  ...parameters.map((compression) => ({
    group: 'compression by other parameters',
    name: `with ${JSON.stringify(compression)} each of many messages comes back as it was`,
    run: (bench: Bench) => checkParameters(bench, compression),
  })),
];

async function checkParameters(bench: Bench, compression: CompressionOptions): Promise<void> {
  const failure = bench.compression && bench.peer.quirks.failsWith?.(compression);
  if (!failure) return echoMany(await bench.open({ compression }), 80);
  const what = await bench.open({ compression }).then(
    async ({ told }) => (await told('failed')).what,
    ({ cause }) => (cause as HoldfastError).code,
  );
  expect(what).to.include(failure);
}
