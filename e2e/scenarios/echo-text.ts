import { expect } from 'chai';
import { connect } from 'holdfast';
import { type Bench, behaviour } from './bench/scenario.ts';

const texts: Record<string, string> = {
  ASCII: 'hello websocket\n',
  'nothing at all': '',
  'characters of 2, 3 and 4 bytes': 'é ☃ 𝄞 👩‍👩‍👧',
  'U+FEFF first': '\uFEFFkept',
  'U+0000 inside': 'a\u0000b',
  '125 bytes': 'x'.repeat(125),
  '126 bytes': 'x'.repeat(126),
  '65536 bytes': 'x'.repeat(65_536),
  '4-byte characters over many reads': '𝄞'.repeat(100_000),
};

/** Text comes back as it was sent. */
export const echoText = behaviour('echo of text', {
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, (bench: Bench) => echoes(bench, text)])),

  'many in order': async (bench) => {
    const server = await bench.server();
    const client = connect(server.url);
    const recording = bench.watch(client);
    const sent = Array.from({ length: 500 }, (_, index) => `message ${index}`);
    await recording.reach('open');
    for (const text of sent) expect(client.send(text)).to.equal('sent');
    expect(await recording.messages(sent.length)).to.deep.equal(sent);
  },
});

async function echoes(bench: Bench, text: string): Promise<void> {
  const server = await bench.server();
  const client = connect(server.url);
  const recording = bench.watch(client);
  await recording.reach('open');
  client.send(text);

  const [arrived] = await recording.messages(1);
  expect(arrived === text, `the text that came back: ${JSON.stringify(arrived).slice(0, 60)}`).to.equal(true);

  const [seen] = await server.report({ messages: 1 });
  expect(seen?.messages[0]?.kind).to.equal('text');
  expect(seen?.messages[0]?.bytes).to.equal(new TextEncoder().encode(text).length);
}
