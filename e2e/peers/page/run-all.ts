import { checks } from '../checks/all.ts';
import { createBench } from '../ends/create-bench.ts';
import { type Peer, pairOf } from '../peer.ts';
import { Results } from './results.ts';

/** Runs every check with every peer that is here, one after the other; prints a line for each peer and for each failure. */
export async function runAll(peers: readonly Peer[], print: (line: string) => void): Promise<Results> {
  const results = new Results();
  for (const peer of peers) {
    const presence = await peer.find();
    if ('missing' in presence) {
      print(`left out: ${pairOf(peer)}. ${presence.missing}`);
      continue;
    }
    results.noteVersion(peer, presence.version);
    for (const compression of [false, true]) await runPeer(peer, compression, results, print);
  }
  return results;
}

async function runPeer(
  peer: Peer,
  compression: boolean,
  results: Results,
  print: (line: string) => void,
): Promise<void> {
  const name = `${pairOf(peer)}, ${compression ? 'compressed' : 'not compressed'}`;
  const bench = createBench(peer, compression);
  const before = results.total;
  try {
    for (const check of checks) {
      const failure = await check.run(bench).catch((error: unknown) => error ?? new Error('rejected'));
      if (failure !== undefined) print(`FAILED: ${name}: ${check.name}: ${String(failure)}`);
      results.add(peer, compression, check, failure === undefined);
    }
  } finally {
    await bench.close();
  }
  const { passed, failed } = results.total;
  print(`${name}: ${passed - before.passed} passed, ${failed - before.failed} failed`);
}
