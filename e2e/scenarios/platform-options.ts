import { expect } from 'chai';
import { type ConnectOptions, connect } from 'holdfast';
import { behaviour } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

/** What only one platform has stands under its name, so that one object of options is right on all. */
export const platformOptions = behaviour('options of one platform', {
  'headers go out from Node, and a page leaves them': async (bench) => {
    const server = await bench.server();
    const options: ConnectOptions = { node: { headers: { 'X-Token': 'abc', Authorization: 'Bearer def' } } };
    await bench.watch(connect(server.url, options)).reach('open');

    const [seen] = await server.report({ handshakes: 1 });
    const isNode = bench.platform.kind === 'node';
    expect(seen?.headers['x-token']).to.equal(isNode ? 'abc' : undefined);
    expect(seen?.headers.authorization).to.equal(isNode ? 'Bearer def' : undefined);
  },

  'an origin goes out from Node, and a page has its own': async (bench) => {
    const server = await bench.server();
    await bench.watch(connect(server.url, { node: { origin: 'https://app.example' } })).reach('open');
    const [seen] = await server.report({ handshakes: 1 });
    expect(seen?.headers.origin).to.equal(bench.platform.kind === 'node' ? 'https://app.example' : location.origin);
  },
});

/** A fault in them is found before anything travels. */
export const badNodeOptions = behaviour(
  'bad options of Node',
  {
    'a line break in a header is refused before it travels': async (bench) => {
      const { url } = await bench.server();
      const error = thrownBy(() => connect(url, { node: { headers: { 'X-Token': 'a\r\nX-Evil: b' } } }));
      expect(error.code).to.equal('invalid-header');
      expect(error.message).to.contain('X-Token');
    },

    'an option that the platform does not know is refused': async (bench) => {
      const { url } = await bench.server();
      const error = thrownBy(() => connect(url, { node: { header: {} } } as ConnectOptions));
      expect(error.code).to.equal('unknown-option');
      expect(error.message).to.contain('header');
    },
  },
  'node',
);
