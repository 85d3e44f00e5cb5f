import { afterAll, describe, expect, test } from 'vitest';
import { checks } from './checks/all.ts';
import { createBench } from './ends/create-bench.ts';
import { type Peer, pairOf } from './peer.ts';

const limitMs = 60_000;

/** The checks of one peer as tests, compressed and not. A peer that is not here fails in CI, and is left out elsewhere. */
export async function describePeer(peer: Peer): Promise<void> {
  const pair = pairOf(peer);
  const presence = await peer.find();
  if ('missing' in presence) return testMissing(pair, presence.missing);
  for (const compression of [false, true]) describeChecks(pair, peer, compression);
}

/** A test that is left out where a peer is missing, and fails in CI. */
export function testMissing(pair: string, why: string): void {
  test(pair, ({ skip }) => {
    if (process.env.CI === 'true') expect.fail(why);
    console.log(`left out: ${pair}. ${why}`);
    skip(why);
  });
}

function describeChecks(pair: string, peer: Peer, compression: boolean): void {
  describe(`${pair}, ${compression ? 'compressed' : 'not compressed'}`, () => {
    const bench = createBench(peer, compression);
    afterAll(() => bench.close());
    test.for(checks)('$group: $name', { timeout: limitMs }, ({ run }) => run(bench));
  });
}
