import { expect } from 'chai';
import { type ConnectOptions, connect, createRetryBudget } from 'holdfast';
import { quickly } from './bench/options.ts';
import { type Bench, behaviour } from './bench/scenario.ts';

/** What a server says of when to come back is heeded, and who refuses us is asked with a fresh token once. */
export const comingBack = behaviour('coming back', {
  'after 1012 and 1013 it waits for seconds, at random': async (bench) => {
    const { refusesCodes = [] } = bench.platform;
    for (const code of [1012, 1013]) {
      const server = await bench.server();
      const recording = bench.watch(connect(server.url, { reconnect: { minDelayMs: 1 } }));
      await recording.reach('open');
      await server.closeClients(code, 'restart');
      const isTold = !refusesCodes.includes(code);
      expect((await recording.reach('disconnected')).code).to.equal(isTold ? code : 1006);
      const [least, most] = isTold ? [5_000, 30_000] : [0, 1_000];
      expect((await recording.reach('waiting')).delayMs).to.be.within(least, most);
    }
  },

  'clients that share a budget do not all dial at once': async (bench) => {
    const server = await bench.server();
    await server.kill();
    const budget = createRetryBudget({ maxDials: 1, perMs: 60_000 });
    const delays: number[] = [];
    for (let i = 0; i < 3; i++) {
      const client = connect(server.url, { reconnect: { ...quickly, budget } });
      const waiting = client.once('waiting');
      bench.watch(client);
      delays.push((await waiting).delayMs);
      // Its next dial would fail too, and take a place more.
      void client.close();
    }
    expect(delays[0]).to.be.below(1_000);
    expect(delays[1]).to.be.within(50_000, 60_000);
    expect(delays[2]).to.be.within(110_000, 120_000);
  },

  'shouldReconnect sees all that is known': async (bench) => {
    const server = await bench.server();
    const causes: unknown[] = [];
    const shouldReconnect = (cause: unknown) => causes.push(cause) > 5;
    const recording = bench.watch(connect(() => server.url, { reconnect: { shouldReconnect } }));
    await recording.reach('open');
    await server.closeClients(4001, 'no more');
    await recording.reach('closed');
    expect(causes).to.have.length(1);
    expect(causes[0]).to.deep.include({
      code: 4001,
      reason: 'no more',
      wasClean: true,
      attempt: 1,
      refusals: 0,
      canRefresh: true,
    });
  },
});

/** How a page is told why a dial failed, where it may ask by HTTP. */
export const diagnosis = behaviour(
  'diagnosis of a failed dial',
  {
    'a status': (bench) => isToldAs(bench, 403, true, { code: 'http-status', status: 403 }),
    'what the server asks to wait': (bench) =>
      isToldAs(bench, 429, true, { code: 'http-status', status: 429, retryAfterMs: 7_000 }),
    'an answer that the page may not read': (bench) => isToldAs(bench, 200, false, { code: 'cors-refused' }),
    'a server that is well, but for its WebSocket': (bench) => isToldAs(bench, 200, true, { code: 'dial-failed' }),
    'nobody there': async (bench) => {
      const server = await bench.server();
      await server.kill();
      const web = { diagnose: httpOf(server.url) };
      const { error } = await bench.watch(connect(server.url, { web })).reach('disconnected');
      expect(error?.code).to.equal('dial-failed');
    },
    'a network that is said to be gone': async (bench) => {
      const server = await bench.server({ refuse: { status: 503 } });
      const web = { diagnose: httpOf(server.url) };
      const restore = goOffline();
      try {
        const { error } = await bench.watch(connect(server.url, { web })).reach('disconnected');
        expect(error?.code).to.equal('offline');
      } finally {
        restore();
      }
    },
    'a 401 is answered with a fresh token once': (bench) => asksOnce(bench, 'web'),
  },
  'web',
);

/** The same, where the handshake itself tells. */
export const refusals = behaviour(
  'refusals',
  {
    'a 401 is answered with a fresh token once': (bench) => asksOnce(bench, 'node'),

    'headers are asked for at each dial': async (bench) => {
      const [old, fresh] = [await bench.server({ refuse: { status: 401 } }), await bench.server()];
      const urls = [old.url, fresh.url];
      let asked = 0;
      const headers = async () => ({ Authorization: `Bearer ${++asked}` });
      const options: ConnectOptions = { reconnect: quickly, node: { headers } };
      await bench.watch(connect(() => urls.shift()!, options)).reach('open');
      expect((await old.report({ handshakes: 1 }))[0]?.headers.authorization).to.equal('Bearer 1');
      expect((await fresh.report({ handshakes: 1 }))[0]?.headers.authorization).to.equal('Bearer 2');
    },

    'Retry-After is heeded': async (bench) => {
      const server = await bench.server({ refuse: { status: 503, headers: { 'Retry-After': '77' } } });
      const recording = bench.watch(connect(server.url, { reconnect: quickly }));
      expect((await recording.reach('waiting')).delayMs).to.equal(77_000);
      expect(recording.of('disconnected')[0]?.error?.retryAfterMs).to.equal(77_000);
    },
  },
  'node',
);

async function isToldAs(bench: Bench, status: number, isReadable: boolean, expected: object): Promise<void> {
  const http = { status, isReadable, headers: status === 429 ? { 'Retry-After': '7' } : {} };
  const server = await bench.server({ refuse: { status }, http });
  const web = { diagnose: httpOf(server.url) };
  const { error } = await bench.watch(connect(server.url, { web, reconnect: false })).reach('disconnected');
  expect(error).to.include(expected);
}

async function asksOnce(bench: Bench, kind: 'web' | 'node'): Promise<void> {
  const server = await bench.server({ refuse: { status: 401 }, http: { status: 401, isReadable: true } });
  const tokens = ['old', 'fresh', 'never asked for'];
  const options: ConnectOptions =
    kind === 'web' ? { reconnect: quickly, web: { diagnose: httpOf(server.url) } } : { reconnect: quickly };
  const recording = bench.watch(connect(() => `${server.url}?token=${tokens.shift()}`, options));
  const { error } = await recording.reach('closed');
  expect(error).to.include({ code: 'http-status', status: 401 });
  expect(error?.message).not.to.contain('token');
  expect((await server.report({ handshakes: 2 })).map(({ url }) => url.split('=')[1])).to.deep.equal(['old', 'fresh']);
}

const httpOf = (url: string) => url.replace(/^ws/, 'http');

/** What the browser says of its network, until the answer is called. */
export function goOffline(): () => void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
  return () => Reflect.deleteProperty(navigator, 'onLine');
}
