import { showBytes } from '../flow/workload.ts';
import { type Plan, perSecond, type RowPlan } from '../plan.ts';
import { deliveryNames, openDelivery } from './stage.ts';
import type { DeliveryWork } from './work.ts';

/** Longer than an acknowledgement is held back, in ms. */
const restMs = 30;

/** What delivery costs: a client and a server of ours with it, beside the same two without. */
export const deliveryPlans: readonly Plan[] = [
  ...(['send', 'receive'] as const).flatMap((kind) =>
    [false, true].flatMap((isText) => [64, 1024].map((size) => floodPlan({ kind, size, isText }))),
  ),
  floodPlan({ kind: 'send', size: 64, isText: true }, true),
  tripPlan({ kind: 'trip', size: 64, isText: true, restMs }, 'after a rest'),
  tripPlan({ kind: 'trip', size: 64, isText: true }, 'one after the other'),
];

function floodPlan(work: DeliveryWork & { readonly kind: 'send' | 'receive' }, isInFile = false): Plan {
  const { kind, size, isText } = work;
  const name = `${kind} ${showBytes(size)} ${isText ? 'text' : 'binary'}${isInFile ? ', kept in a file' : ''}`;
  const rate: RowPlan = { group: 'delivery', name, unit: 'messages/s', better: 'more', figureOf: perSecond };
  return {
    rows: [rate, wireRow(name)],
    contenders: deliveryNames,
    firstCount: 2000,
    open: () => openDelivery(work, isInFile),
  };
}

function tripPlan(work: DeliveryWork, how: string): Plan {
  const name = `arrived ${showBytes(work.size)}, ${how}`;
  const p50: RowPlan = {
    group: 'delivery',
    name: `${name}, p50`,
    unit: 'µs',
    better: 'less',
    figureOf: ({ p50Us }) => p50Us!,
  };
  return {
    rows: [p50, wireRow(name)],
    contenders: deliveryNames,
    firstCount: 4,
    open: () => openDelivery(work),
  };
}

/** What a message takes of the connection, both ways together. */
function wireRow(name: string): RowPlan {
  return {
    group: 'delivery',
    name: `${name}, on the wire`,
    unit: 'B',
    better: 'less',
    figureOf: ({ wireBytes, count }) => wireBytes! / count,
  };
}
