type Method = (this: Uint8Array, ...parameters: never[]) => unknown;

/** What one call of a method copies or looks at, in bytes. */
type Cost = (self: Uint8Array, parameters: readonly unknown[], result: unknown) => number;

const copied: Cost = (_self, _parameters, result) => (result as Uint8Array | string).length;

const costs: readonly (readonly [target: object, name: string, cost: Cost])[] = [
  [Uint8Array.prototype, 'set', (_self, [source]) => (source as Uint8Array).length],
  [Uint8Array.prototype, 'slice', copied],
  [Uint8Array.prototype, 'indexOf', searched],
  [Buffer.prototype, 'indexOf', searched],
  [Buffer.prototype, 'toString', copied],
  [Buffer, 'concat', copied],
];

/** How many bytes `work` copies and searches: it counts what is done, and asks no clock. */
export function countWork(work: () => void): number {
  let bytes = 0;
  const originals = costs.map(([target, name, cost]) => {
    const original = Reflect.get(target, name) as Method;
    const isOwn = Object.hasOwn(target, name);
    Reflect.set(target, name, function metered(this: Uint8Array, ...parameters: never[]): unknown {
      const result = original.apply(this, parameters);
      bytes += cost(this, parameters, result);
      return result;
    });
    return () => (isOwn ? Reflect.set(target, name, original) : Reflect.deleteProperty(target, name));
  });
  try {
    work();
  } finally {
    for (const restore of originals) restore();
  }
  return bytes;
}

function searched(self: Uint8Array, [, from = 0]: readonly unknown[], result: unknown): number {
  const at = result as number;
  return (at < 0 ? self.length : at + 1) - Number(from);
}
