import { expect } from 'chai';
import { checkCannot } from './cannot.ts';
import type { Check } from './check.ts';
import { echo } from './echo.ts';

/** Each end answers the pings of the other. */
export const pingChecks: readonly Check[] = [
  {
    group: 'ping and pong',
    name: 'the peer answers our ping',
    run: async (bench) => {
      const line = await bench.open();
      await echo(line, 'before the ping');
      expect(await line.ours.ping()).to.be.at.least(0);
      await echo(line, 'after the pong');
    },
  },
  {
    group: 'ping and pong',
    name: 'we answer the ping of the peer, with its payload',
    run: async (bench) => {
      if (bench.peer.quirks.cannot?.('ping hello')) return checkCannot(bench, 'ping hello');
      const line = await bench.open();
      line.order('ping hello');
      expect(await line.told('pong')).to.include({ payload: 'hello' });
      await echo(line, 'after the ping');
    },
  },
];
