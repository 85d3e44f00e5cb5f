import type { Peer } from '../peer.ts';
import type { Bench } from './bench.ts';
import { ClientBench } from './client-bench.ts';
import { ServerBench } from './server-bench.ts';

/** The bench with the end of ours that belongs to this peer; whoever makes it closes it. */
export function createBench(peer: Peer, compression: boolean): Bench {
  return peer.role === 'server' ? new ClientBench(peer, compression) : new ServerBench(peer, compression);
}
