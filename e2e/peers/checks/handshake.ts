import { expect } from 'chai';
import type { Check } from './check.ts';

/** What the handshake settles. */
export const handshakeChecks: readonly Check[] = [
  {
    group: 'sub-protocol',
    name: 'of two sub-protocols both ends hear which one was chosen',
    run: async (bench) => {
      const { ours, told } = await bench.open({ protocols: ['chat.v1', 'chat.v2'] });
      expect(ours.protocol).to.equal('chat.v2');
      expect(await told('open')).to.include({ protocol: 'chat.v2' });
    },
  },
  {
    group: 'sub-protocol',
    name: 'without an offer there is no sub-protocol',
    run: async (bench) => {
      const { ours, told } = await bench.open();
      expect(ours.protocol).to.equal('');
      expect(await told('open')).to.include({ protocol: '' });
    },
  },
  ...[401, 403, 404].map(
    (status): Check => ({
      group: 'refused with 401, 403, 404',
      name: `a refusal with ${status} is told as that`,
      run: async (bench) => {
        const { role, quirks } = bench.peer;
        expect(await bench.refuse(status)).to.deep.equal({
          error: role === 'server' ? 'http-status' : 'handshake-refused',
          status: quirks.hidesStatus ? 0 : status,
        });
      },
    }),
  ),
];
