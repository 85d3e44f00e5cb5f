import { expect } from 'chai';
import { connect, type Outgoing } from 'holdfast';
import { patternedBytes, sha256 } from './bench/hash.ts';
import { type Bench, behaviour, type Scenario } from './bench/scenario.ts';

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 1_048_576];

/** The shapes that an app may hold the same bytes in. */
const shapes: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Outgoing> = {
  ArrayBuffer: (bytes) => bytes.buffer,
  Uint8Array: (bytes) => bytes,
  'DataView inside a longer buffer': (bytes) => {
    const longer = new Uint8Array(bytes.length + 8).fill(0xee);
    longer.set(bytes, 5);
    return new DataView(longer.buffer, 5, bytes.length);
  },
};

/** Bytes come back as a Uint8Array of the same bytes, whatever shape they were sent in. */
export const echoBinary = behaviour('echo of binary', {
  ...Object.fromEntries(sizes.flatMap(casesOfSize)),

  'numbers of 4 bytes in a Float32Array': async (bench) => {
    const numbers = new Float32Array([1, -2.5, Number.NaN]);
    await echoes(bench, numbers, new Uint8Array(numbers.buffer));
  },

  'bytes that change right after send go out as they were': async (bench) => {
    const bytes = patternedBytes(2000);
    const before = bytes.slice();
    await echoes(bench, bytes, before, () => bytes.fill(0));
  },
});

function casesOfSize(size: number): [string, Scenario['run']][] {
  return Object.entries(shapes).map(([shape, make]) => {
    const bytes = patternedBytes(size);
    return [`${size} bytes in a ${shape}`, (bench) => echoes(bench, make(bytes), bytes)];
  });
}

async function echoes(
  bench: Bench,
  outgoing: Outgoing,
  bytes: Uint8Array<ArrayBuffer>,
  afterSend = () => {},
): Promise<void> {
  const server = await bench.server();
  const client = connect(server.url);
  const recording = bench.watch(client);
  await recording.reach('open');
  client.send(outgoing);
  afterSend();

  const [arrived] = await recording.messages(1);
  // Not a subclass of it either, whose views would behave differently.
  expect(Object.getPrototypeOf(arrived)).to.equal(Uint8Array.prototype);
  const expected = await sha256(bytes);
  expect((arrived as Uint8Array).length).to.equal(bytes.length);
  expect(await sha256((arrived as Uint8Array).slice()), 'what came back').to.equal(expected);

  const [seen] = await server.report({ messages: 1 });
  expect(seen?.messages).to.deep.equal([{ kind: 'binary', bytes: bytes.length, sha256: expected }]);
}
