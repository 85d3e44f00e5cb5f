import { type Plan, perSecond, type RowPlan } from '../plan.ts';
import { clientNames } from './contender.ts';
import { type ClientWork, openFlow } from './stage.ts';
import { wantedOf, wantedOfFeed, wantedOfTrips } from './wanted.ts';
import { nameOf, showBytes, type Workload } from './workload.ts';

const sizes = [16, 64, 1024, 16 * 1024, 1024 * 1024];
/** What is under way when messages are echoed, in bytes and in messages. */
const windowBytes = 2 ** 20;
const [leastWindow, mostWindow] = [4, 256];
const feedNames = ['holdfast', 'ws', 'undici'] as const;

/** One connection: sending, receiving, echo and round trips, and a compressed feed both ways. */
export const flowPlans: readonly Plan[] = [
  ...(['send', 'receive', 'echo'] as const).flatMap((kind) =>
    [false, true].flatMap((isText) => sizes.map((size) => floodPlan({ kind, size, isText }))),
  ),
  ...[64, 1024].map(tripPlan),
  feedPlan('receive', 'JSON received'),
  feedPlan('send', 'JSON sent'),
];

function floodPlan(workload: Workload & { readonly kind: 'send' | 'receive' | 'echo' }): Plan {
  const { kind, size } = workload;
  const window = Math.max(leastWindow, Math.min(mostWindow, Math.floor(windowBytes / size)));
  const row: RowPlan = {
    group: kind,
    name: nameOf(workload),
    unit: 'messages/s',
    better: 'more',
    figureOf: perSecond,
    ...wantedOf(workload),
  };
  return planOf({ ...workload, window }, [row]);
}

function tripPlan(size: number): Plan {
  const row = (part: 'p50' | 'p99'): RowPlan => ({
    group: 'round trip',
    name: `round trip ${showBytes(size)} ${part}`,
    unit: 'µs',
    better: 'less',
    figureOf: (sample) => sample[`${part}Us`]!,
    wanted: wantedOfTrips,
  });
  return planOf({ kind: 'echo', size, isText: false, window: 1, sharesCore: true }, [row('p50'), row('p99')]);
}

function feedPlan(kind: 'send' | 'receive', name: string): Plan {
  const row: RowPlan = {
    group: 'compressed',
    name,
    unit: 'messages/s',
    better: 'more',
    figureOf: perSecond,
    wanted: wantedOfFeed,
  };
  // undici compresses nothing.
  const contenders = kind === 'send' ? feedNames.slice(0, 2) : feedNames;
  return planOf({ kind, size: 512, isText: true, isFeed: true }, [row], contenders);
}

function planOf(work: ClientWork, rows: readonly RowPlan[], contenders = clientNames): Plan {
  const firstCount = Math.max(8, Math.min(2000, Math.floor(2 ** 22 / work.size)));
  return { rows, contenders, firstCount, open: () => openFlow(work, contenders) };
}
