import { connect } from 'holdfast';
import { delivery } from 'holdfast/delivery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDeliveryServer } from '../delivery/describe-server.ts';
import { echoThroughCuts } from '../delivery/many-cuts.ts';
import { startFaultProxy } from '../faults/line/fault-proxy.ts';
import { Recording } from '../scenarios/bench/recording.ts';
import { testMissing } from './describe-peer.ts';
import type { RunningPeer } from './peer.ts';
import { python, startPythonDelivery } from './python.ts';

const pair = 'our client with delivery and a server in Python';

/** The server of programs/delivery.py as tests. Where Python's websockets is not here, it fails in CI and is left out elsewhere. */
export async function describePythonDelivery(): Promise<void> {
  const presence = await python('server').find();
  if ('missing' in presence) return testMissing(pair, presence.missing);
  describe(pair, () => {
    describeServer();
  });
}

const reconnect = { minDelayMs: 10, maxDelayMs: 50 };

function describeServer(): void {
  let server: RunningPeer;
  beforeAll(async () => {
    server = await startPythonDelivery();
  });
  afterAll(() => server.stop());
  const port = () => Number(new URL(server.url).port);

  describeDeliveryServer(() => server.url);

  test('1,000 messages each way arrive once and in order through 24 cuts', () => echoThroughCuts(port()));

  test('a session that the server forgets on demand is followed by another', async () => {
    const recording = new Recording(connect(server.url, { delivery: delivery(), reconnect }));
    recording.client.send('one');
    await recording.reach('message');
    recording.client.send('!forget');
    expect(await recording.reach('open', 2)).toMatchObject({ resumed: false });
    recording.client.send('two');
    expect(await recording.messages(2)).toEqual(['one', 'two']);
    await recording.client.close();
  });

  test('after a restart the app is told each message that was not acknowledged, and goes on', async () => {
    const proxy = await startFaultProxy(port());
    const urls = [`ws://127.0.0.1:${proxy.port}`];
    const recording = new Recording(connect(() => urls[0]!, { delivery: delivery(), reconnect }));
    recording.client.send('one');
    await recording.reach('message');
    (await proxy.line(1)).stall();
    recording.client.send('two');
    recording.client.send('three');
    await server.kill();
    server = await startPythonDelivery();
    urls[0] = server.url;
    await proxy.close();

    expect(await recording.reach('open', 2)).toMatchObject({ resumed: false });
    await recording.reach('dropped', 2);
    expect(recording.of('dropped').map(({ message, cause }) => [message, cause])).toEqual([
      ['two', 'unacknowledged'],
      ['three', 'unacknowledged'],
    ]);
    recording.client.send('four');
    expect(await recording.messages(2)).toEqual(['one', 'four']);
    await recording.client.close();
  });
}
