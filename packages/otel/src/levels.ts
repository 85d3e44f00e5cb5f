import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api';

/** How much there is of something now, under these attributes. */
export type Level = readonly [instrument: Observable, value: number, attributes: Attributes];

interface Total {
  readonly instrument: Observable;
  readonly attributes: Attributes;
  value: number;
}

/**
 * What is there now, by instrument and attributes, added up over all sources: of several answers under the same attributes a
 * meter would keep the last alone. What a source had told counts as 0 once that is gone, and is told so: a meter would
 * otherwise repeat what was last.
 */
export class Levels {
  readonly #sources = new Set<() => Iterable<Level>>();
  readonly #totals = new Map<Observable, Map<string, Total>>();

  constructor(meter: Meter, instruments: Observable[]) {
    meter.addBatchObservableCallback((result) => this.#tell(result), instruments);
  }

  /** Asks this source at each collection; the answer ends that. */
  add(source: () => Iterable<Level>): () => void {
    this.#sources.add(source);
    return () => void this.#sources.delete(source);
  }

  /** Tells these from the start, as 0 where no source does. */
  know(levels: Iterable<Level>): void {
    for (const [instrument, , attributes] of levels) this.#totalOf(instrument, attributes);
  }

  #tell(result: BatchObservableResult): void {
    const totals = () => [...this.#totals.values()].flatMap((ofOne) => [...ofOne.values()]);
    for (const total of totals()) total.value = 0;
    for (const source of this.#sources) {
      for (const [instrument, value, attributes] of source()) this.#totalOf(instrument, attributes).value += value;
    }
    for (const { instrument, value, attributes } of totals()) result.observe(instrument, value, attributes);
  }

  #totalOf(instrument: Observable, attributes: Attributes): Total {
    const ofOne = this.#totals.get(instrument) ?? new Map<string, Total>();
    this.#totals.set(instrument, ofOne);
    const key = JSON.stringify(Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1)));
    const total = ofOne.get(key) ?? { instrument, attributes, value: 0 };
    ofOne.set(key, total);
    return total;
  }
}
