import type { Point } from '../parts/points.ts';
import type { Health } from './health.ts';

/** The time that the charts show, in ms. */
export const shownMs = 60_000;

/** What is drawn of a side, and in what unit. */
export const charts = [
  ['connections', 'Open', ''],
  ['roundTripMs', 'Round trip', 'ms'],
  ['messages', 'Messages a second', ''],
  ['bytes', 'Bytes a second', 'B'],
  ['bufferedBytes', 'Waiting', 'B'],
  ['reconnects', 'Reconnects', ''],
] as const;

type ChartName = (typeof charts)[number][0];

/** The health of one side over the last minute. */
export interface HealthSeries {
  latest: Health | undefined;
  latestMs: number;
  readonly points: Record<ChartName, Point[]>;
}

/** A side of which nothing is known yet. */
export function emptySeries(): HealthSeries {
  const points = { connections: [], roundTripMs: [], messages: [], bytes: [], bufferedBytes: [], reconnects: [] };
  return { latest: undefined, latestMs: 0, points };
}

// #region add
/** Adds what is so at a moment. Of totals, what was added since the last one is drawn, by the second. */
export function addHealth(series: HealthSeries, health: Health, atMs: number): void {
  const { latest: before, latestMs } = series;
  const draw = (name: ChartName, value: number) => {
    const kept = series.points[name].filter((point) => atMs - point.atMs < shownMs);
    series.points[name] = [...kept, { atMs, value }];
  };
  draw('connections', health.states.open ?? 0);
  draw('bufferedBytes', health.bufferedBytes);
  draw('reconnects', health.reconnects);
  // A server that began anew counts from 0: from one to the other there is no difference.
  if (before && health.messagesIn >= before.messagesIn && health.messagesOut >= before.messagesOut) {
    const rate = (total: (of: Health) => number) => ((total(health) - total(before)) * 1000) / (atMs - latestMs);
    draw(
      'messages',
      rate((of) => of.messagesIn + of.messagesOut),
    );
    draw(
      'bytes',
      rate((of) => of.bytesIn + of.bytesOut),
    );
    const count = health.roundTrips - before.roundTrips;
    if (count > 0) draw('roundTripMs', (health.roundTripMs - before.roundTripMs) / count);
  }
  series.latest = health;
  series.latestMs = atMs;
}
// #endregion add
