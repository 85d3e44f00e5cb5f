import type { Workload } from '../flow/workload.ts';

/** What goes to a server and comes from it. */
export const serverWorkload: Workload = { kind: 'echo', size: 64, isText: false };

/** What a server and its load do together. */
export interface ServerPlan {
  readonly mode: 'echo' | 'broadcast';
  readonly connections: number;
  /** How many messages are under way on a connection that echoes, or how many broadcasts go out in one turn. */
  readonly atOnce: number;
}
