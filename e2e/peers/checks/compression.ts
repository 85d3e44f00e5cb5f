import { expect } from 'chai';
import type { Check } from './check.ts';
import { echo } from './echo.ts';
import { textOf } from './payload.ts';

const size = 2 ** 20;

/** Whether frames are compressed, by what the peer was told and by what goes over the wire. */
export const compressionChecks: readonly Check[] = [
  {
    group: 'compressed or not, as agreed',
    name: 'the peer says which extension was agreed',
    run: async (bench) => {
      const { told } = await bench.open();
      const { extensions } = await told('open');
      if (bench.compression && !bench.peer.quirks.hidesExtensions) expect(extensions).to.match(/^permessage-deflate/);
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
];
