import { formatColumns } from '../columns.ts';
import type { Curve } from '../result.ts';

/** A curve as lines of text: a line for each series, a column for each step, the spread behind the median. */
export function formatCurve({ name, x, y, series }: Curve): string {
  const steps = [...new Set(Object.values(series).flatMap((points) => points.map((point) => point.x)))];
  const cells = [
    [`${name}: ${y}, by ${x}`, ...steps.map((step) => step.toLocaleString('en'))],
    ...Object.entries(series).map(([of, points]) => [
      of,
      ...steps.map((step) => formatPoint(points.find((point) => point.x === step))),
    ]),
  ];
  return formatColumns(cells);
}

function formatPoint(point: Curve['series'][string][number] | undefined): string {
  return point ? `${digits(point.y)} (${digits(point.low)}–${digits(point.high)})` : '';
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
