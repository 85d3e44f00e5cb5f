import { expect } from 'chai';
import { checkCannot } from './cannot.ts';
import type { Check } from './check.ts';
import { echo } from './echo.ts';
import { bytesOf } from './payload.ts';

const limit = 2 ** 24;
/** More than the peers leave for what compression adds to bytes of chance. */
const wellOverLimit = 17 * 2 ** 20;

/** Ends that nobody agreed on. */
export const endChecks: readonly Check[] = [
  {
    group: 'over the limit',
    name: 'a message of the peer that is longer than we take is refused with 1009',
    run: async (bench) => {
      const { ours, order, told } = await bench.open();
      order(`send binary ${limit + 1}`);
      const { error, wasClean } = await ours.closed();
      // Its frame alone is too long only where it is the whole message as it is.
      const isOneFrame = !bench.compression && !bench.peer.quirks.fragmentsAlways;
      expect([error, wasClean]).to.deep.equal([isOneFrame ? 'frame-too-large' : 'message-too-large', false]);
      expect(await told('closed')).to.include({ code: 1009 });
    },
  },
  {
    group: 'over the limit',
    name: 'a message of ours that is longer than the peer takes is refused with 1009',
    run: async (bench) => {
      if (bench.peer.quirks.cannot?.('limit')) return checkCannot(bench, 'limit');
      const { ours } = await bench.open();
      ours.send(bytesOf(wellOverLimit));
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
