import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { type Client, connect, type Message } from 'holdfast';
import { delivery } from 'holdfast/delivery';
import { Changes } from '../faults/changes.ts';
import { type FaultProxy, startFaultProxy } from '../faults/line/fault-proxy.ts';

const cuts = 24;
const messages = 1_000;
const quickly = { minDelayMs: 5, maxDelayMs: 20 };

/**
 * Sends 1,000 messages to a server that sends each back, over lines of which the first 24 are cut in the middle of what they
 * carry, one way or the other. Rejects unless the app gets back each message once and in order.
 */
export async function echoThroughCuts(port: number): Promise<void> {
  const proxy = await startFaultProxy(
    port,
    cutWhile(() => proxy.lines.length <= cuts),
  );
  const client = connect(`ws://127.0.0.1:${proxy.port}`, { delivery: delivery(), reconnect: quickly });
  try {
    await checkEcho(client, proxy);
  } finally {
    await client.close();
    await proxy.close();
  }
}

/** Far enough for a handshake and some messages, each time another length, whichever way carries that first. */
function cutWhile(isCut: () => boolean): NonNullable<Parameters<typeof startFaultProxy>[1]> {
  let count = 0;
  return (line) => {
    if (!isCut()) return;
    count += 1;
    line.cutAfter(900 + 37 * (count % 11), 'toServer');
    line.cutAfter(700 + 41 * (count % 7), 'toClient');
  };
}

async function checkEcho(client: Client, proxy: FaultProxy): Promise<void> {
  const changes = new Changes();
  const received: Message[] = [];
  const resumed: boolean[] = [];
  const dropped: unknown[] = [];
  client.on('message', ({ data }) => {
    received.push(data);
    changes.tell();
  });
  client.on('open', (event) => resumed.push(event.resumed));
  client.on('dropped', ({ message }) => dropped.push(message));

  const sent = Array.from({ length: messages }, (_, index) => numbered(index));
  for (const message of sent) client.send(message);
  await changes.until(() => received.length >= messages, `${messages} messages come back`);

  expect(received).to.deep.equal(sent);
  expect(dropped).to.deep.equal([]);
  expect(proxy.lines.length, 'lines').to.be.greaterThan(cuts);
  expect(
    resumed.filter((isResumed) => !isResumed),
    'sessions',
  ).to.have.length(1);
}

/** Every third is binary; compression cannot make less of it. */
function numbered(index: number): Message {
  const text = `${index} ${createHash('sha256').update(String(index)).digest('base64')}`;
  return index % 3 === 0 ? new TextEncoder().encode(text) : text;
}
