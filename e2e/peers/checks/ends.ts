import { expect } from 'chai';
import { checkCannot } from './cannot.ts';
import type { Check } from './check.ts';
import { echo } from './echo.ts';
import { bytesOf } from './payload.ts';

const tooLong = 2 ** 24 + 1;

/** Ends that nobody agreed on. */
export const endChecks: readonly Check[] = [
  {
    group: 'over the limit',
    name: 'a message of the peer that is longer than we take is refused with 1009',
    run: async (bench) => {
      const { ours, order, told } = await bench.open();
      order(`send binary ${tooLong}`);
      const { error, wasClean } = await ours.closed();
      // Some send it in fragments by themselves.
      expect([error, wasClean]).to.deep.equal([
        bench.peer.quirks.fragmentsAlways ? 'message-too-large' : 'frame-too-large',
        false,
      ]);
      expect(await told('closed')).to.include({ code: 1009 });
    },
  },
  {
    group: 'over the limit',
    name: 'a message of ours that is longer than the peer takes is refused with 1009',
    run: async (bench) => {
      if (bench.peer.quirks.cannot?.('limit')) return checkCannot(bench, 'limit');
      const { ours } = await bench.open();
      ours.send(bytesOf(tooLong));
      const { code, error } = await ours.closed();
      if (bench.peer.quirks.dropsOverLimit && code === 1006) expect(error).to.equal('connection-lost');
      else expect(code).to.equal(1009);
    },
  },
  {
    group: 'the peer is killed',
    name: 'a peer that is killed is told as 1006 and connection-lost',
    run: async (bench) => {
      const line = await bench.open();
      await echo(line, 'alive');
      await bench.kill();
      expect(await line.ours.closed()).to.include({ code: 1006, wasClean: false, error: 'connection-lost' });
    },
  },
];
