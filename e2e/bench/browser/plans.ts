import { nameOf } from '../flow/workload.ts';
import type { Plan } from '../plan.ts';
import { openPages } from './stage.ts';

const contenders = ['holdfast', 'native'] as const;
/** What receiving may take, by what it takes with the native socket alone. */
const wantedOfReceiving = 1.05;

/** Our client in Chromium beside the native WebSocket, by the same peer and in turns: the time of a message of 64 bytes. */
export const browserPlans: readonly Plan[] = (['receive', 'send'] as const).flatMap((kind) =>
  [false, true].map((isText) => planOf(kind, isText)),
);

function planOf(kind: 'receive' | 'send', isText: boolean): Plan {
  const workload = { kind, size: 64, isText };
  return {
    contenders,
    firstCount: 1000,
    rows: [
      {
        group: 'browser',
        name: `${nameOf(workload)} in Chromium`,
        unit: 'µs',
        better: 'less',
        figureOf: ({ ms, count }) => (ms * 1e3) / count,
        ...(kind === 'receive' && { wanted: [{ against: 'native', ratio: wantedOfReceiving }] }),
      },
    ],
    open: () => openPages(workload, contenders),
  };
}
