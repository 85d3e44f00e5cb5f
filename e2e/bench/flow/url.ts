import type { Child } from '../child.ts';
import type { Workload } from './workload.ts';

/** Where a peer serves a workload. */
export function urlOf(peer: Pick<Child, 'hello'>, workload: Workload): string {
  const { port } = peer.hello as { port: number };
  return `ws://127.0.0.1:${port}/?workload=${encodeURIComponent(JSON.stringify(workload))}`;
}
