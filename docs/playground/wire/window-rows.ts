/** Which rows of a long list are drawn, all being of one height. */
export interface RowWindow {
  readonly first: number;
  /** The one behind the last. */
  readonly end: number;
}

/** Rows drawn above and below what is seen, so that scrolling shows no gap. */
const margin = 12;

/** The rows to draw of `count`, where the list is scrolled to `scrollTop` and shows `height` pixels. */
export function windowRows(count: number, rowHeight: number, scrollTop: number, height: number): RowWindow {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - margin);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + margin);
  return { first, end: Math.max(first, end) };
}
