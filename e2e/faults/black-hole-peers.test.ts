import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientName } from './clients/client-end.ts';
import { startChromium } from './engines/browsers.ts';
import type { Engine } from './engines/engine.ts';
import { startNode } from './engines/node.ts';
import { formatReport } from './report.ts';
import { runBlackHole } from './runs/black-hole.ts';

const peers: readonly ClientName[] = ['partysocket', 'reconnecting-websocket', 'socket.io-client'];

/** The same run as ours: what the page in docs says of others is what they do here. */
describe.each([
  { name: 'Node', start: startNode },
  { name: 'Chromium', start: startChromium },
])('others on a line that goes silent and then drops, on $name', ({ start }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine?.close());

  test.each(peers)('%s comes back, and does not tell what was lost', async (peer) => {
    const report = await runBlackHole(engine, peer);
    console.log(formatReport(report));
    expect(report).toMatchObject({ sent: 10, delivered: 3, lost: 7, uncertain: undefined, isBack: true });
  });
});
