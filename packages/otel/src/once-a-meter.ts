import type { Meter } from '@opentelemetry/api';

/** What `make` makes of a meter, once for each: its clients share their instruments. */
export function onceAMeter<T>(make: (meter: Meter) => T): (meter: Meter) => T {
  const made = new WeakMap<Meter, T>();
  return (meter) => {
    const known = made.get(meter) ?? make(meter);
    made.set(meter, known);
    return known;
  };
}
