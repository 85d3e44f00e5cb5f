import { expect } from 'chai';
import { type Client, type ConnectOptions, connect, type Outgoing } from 'holdfast';
import { type Bench, behaviour, type Scenario } from './bench/scenario.ts';
import { thrownBy } from './bench/thrown.ts';

/** What is handed in, the code of the error, and the value that its message must name. */
type Row = readonly [input: unknown, code: string, names: string | RegExp];

const urls: readonly Row[] = [
  ['ws://', 'invalid-url', 'ws://'],
  ['ws://127.0.0.1:99999', 'invalid-url', '99999'],
  ['ftp://127.0.0.1/', 'invalid-url', 'ftp:'],
  ['ws://127.0.0.1/#part', 'invalid-url', '#part'],
  [42, 'invalid-url', '42'],
  [undefined, 'invalid-url', 'undefined'],
  [null, 'invalid-url', 'null'],
];

const options: readonly Row[] = [
  [{ reconect: {} }, 'unknown-option', 'reconect'],
  [{ reconnect: { minDelay: 5 } }, 'unknown-option', 'minDelay'],
  [{ heartbeat: { interval: 5 } }, 'unknown-option', 'interval'],
  [{ outbox: { max: 5 } }, 'unknown-option', 'max'],
  [{ headers: {} }, 'unknown-option', 'headers'],
  [{ connectTimeoutMs: -1 }, 'invalid-option', '-1'],
  [{ closeTimeoutMs: 'soon' }, 'invalid-option', 'soon'],
  [{ reconnect: { maxAttempts: Number.NaN } }, 'invalid-option', 'NaN'],
  [{ outbox: { whenFull: 'explode' } }, 'invalid-option', 'explode'],
  [{ signal: 'stop' }, 'invalid-option', 'stop'],
  [{ protocols: ['chat', 'chat'] }, 'invalid-protocol', 'chat'],
  [{ protocols: ['two words'] }, 'invalid-protocol', 'two words'],
  [{ protocols: '' }, 'invalid-protocol', /protocol/],
];

const messages: readonly Row[] = [
  [7, 'invalid-message', /7|number/],
  [{ a: 1 }, 'invalid-message', /object/i],
  [[1, 2], 'invalid-message', /array|object/i],
  [null, 'invalid-message', /null/i],
  [undefined, 'invalid-message', /undefined/i],
  [new Blob(['x']), 'invalid-message', /blob|object/i],
  ['half \uD83D a pair', 'lone-surrogate', /d83d|5/i],
  ['\uDE00', 'lone-surrogate', /de00|0/i],
];

const closes: readonly (readonly [args: readonly [unknown, unknown?], code: string, names: string | RegExp])[] = [
  [[999], 'invalid-close-code', '999'],
  [[1001], 'invalid-close-code', '1001'],
  [[1005], 'invalid-close-code', '1005'],
  [[5000], 'invalid-close-code', '5000'],
  [[3000.5], 'invalid-close-code', '3000.5'],
  [['1000'], 'invalid-close-code', '1000'],
  [[4000, 'x'.repeat(124)], 'invalid-close-reason', /124/],
  [[4000, 'é'.repeat(62)], 'invalid-close-reason', '124'],
  [[4000, '\uD800'], 'lone-surrogate', /d800|0/i],
  [[4000, 7], 'invalid-close-reason', '7'],
];

/** Misuse throws at once, with a code for programs and the value for people. */
export const badInput = behaviour('bad input', {
  ...cases('URL', urls, async (_bench, input) => () => closeAtOnce(connect(input as string))),
  ...cases('option', options, async (bench, input) => {
    const { url } = await bench.server();
    return () => closeAtOnce(connect(url, input as ConnectOptions));
  }),
  ...cases('message', messages, async (bench, input) => {
    const client = await openClient(bench);
    return () => client.send(input as Outgoing);
  }),
  ...cases('close', closes, async (bench, input) => {
    const client = await openClient(bench);
    return () => client.close(...(input as [number, string]));
  }),

  'leaves the client as it was': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    await recording.reach('open');
    for (const [input] of messages) thrownBy(() => client.send(input as Outgoing));
    for (const [input] of closes) thrownBy(() => client.close(...(input as [number, string])));
    client.send('fine');
    expect(await recording.messages(1)).to.deep.equal(['fine']);
    expect((await server.report({ messages: 1 }))[0]?.messages).to.have.length(1);
  },

  'is found in the queue before it waits': async (bench) => {
    const server = await bench.server({ mute: true });
    const client = connect(server.url);
    bench.watch(client);
    for (const [input, code] of messages) expect(thrownBy(() => client.send(input as Outgoing)).code).to.equal(code);
    expect(client.bufferedBytes).to.equal(0);
  },
});

/** One case a row: `prepare` answers the act that must throw. */
function cases(
  what: string,
  rows: readonly Row[],
  prepare: (bench: Bench, input: unknown) => Promise<() => unknown>,
): Record<string, Scenario['run']> {
  return Object.fromEntries(
    rows.map(([input, code, names], index) => [
      `${what} ${index + 1} is ${code}: ${describeInput(input)}`,
      async (bench: Bench) => {
        const act = await prepare(bench, input);
        const error = thrownBy(act);
        expect(error.code).to.equal(code);
        if (typeof names === 'string') expect(error.message).to.contain(names);
        else expect(error.message).to.match(names);
      },
    ]),
  );
}

/** A client that should not be there keeps no process alive. */
function closeAtOnce(client: Client): void {
  void client.close();
}

async function openClient(bench: Bench) {
  const server = await bench.server();
  const client = connect(server.url);
  await bench.watch(client).reach('open');
  return client;
}

function describeInput(input: unknown): string {
  if (input === undefined) return 'undefined';
  if (input instanceof Blob) return 'a Blob';
  const text = JSON.stringify(input, (_key, value) => (Number.isNaN(value) ? 'NaN' : value));
  return text.length > 50 ? `${text.slice(0, 50)} …` : text;
}
