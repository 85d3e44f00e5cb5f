import type { Row } from '../result.ts';
import type { Workload } from './workload.ts';

type Wanted = NonNullable<Row['wanted']>;

const sendTimesWs = new Map([
  [16, 20],
  [64, 20],
  [1024, 5],
  [16 * 1024, 2],
  [1024 * 1024, 1.3],
]);
const sendOfBareSocket = 0.6;

const receiveTimesWs = new Map([
  [1024, 1.3],
  [16 * 1024, 1.3],
  [1024 * 1024, 1.1],
]);

/** How much faster than the others sending and receiving are to be. */
export function wantedOf({ kind, size, isText }: Workload): { wanted?: Wanted } {
  const ratio = kind === 'send' ? sendTimesWs.get(size) : kind === 'receive' ? receive(size, isText) : undefined;
  if (ratio === undefined) return {};
  const bare = kind === 'send' ? [{ against: 'bare socket' as const, ratio: sendOfBareSocket }] : [];
  return { wanted: [{ against: 'ws', ratio }, ...bare] };
}

function receive(size: number, isText: boolean): number | undefined {
  if (size === 64) return isText ? 3 : 3.5;
  return receiveTimesWs.get(size);
}

/** What a round trip may take, of what it takes with ws. */
export const wantedOfTrips: Wanted = [{ against: 'ws', ratio: 0.95 }];

/** How much faster a compressed feed is to be. */
export const wantedOfFeed: Wanted = [{ against: 'ws', ratio: 5 }];
