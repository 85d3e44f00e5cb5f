const radius = 4;

/** The outline of a mark around this point, of another shape for each series, so that colour is not all that tells. */
export function markerOf(series: number, x: number, y: number): string {
  return shapes[series % shapes.length]!(x, y);
}

const shapes: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `M${x - radius},${y}a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0z`,
  (x, y) => `M${x - radius},${y - radius}h${2 * radius}v${2 * radius}h${-2 * radius}z`,
  (x, y) => `M${x},${y - radius - 1}l${radius + 1},${2 * radius}h${-2 * radius - 2}z`,
  (x, y) =>
    `M${x},${y - radius - 1}l${radius + 1},${radius + 1}l${-radius - 1},${radius + 1}l${-radius - 1},${-radius - 1}z`,
];
