/** What a call allocated in buffers. */
export interface Allocated {
  readonly totalBytes: number;
  readonly largestBytes: number;
}

let isCounting = false;
let totalBytes = 0;
let largestBytes = 0;

/**
 * Counts the buffers that a call allocates: by `new Uint8Array(length)`, by `slice`, and by Node's Buffer. `meterBuffers`
 * has to be called before. The call does not wait for anything.
 */
export function countAllocations<T>(call: () => T): readonly [answer: T, allocated: Allocated] {
  totalBytes = 0;
  largestBytes = 0;
  isCounting = true;
  try {
    const answer = call();
    return [answer, { totalBytes, largestBytes }];
  } finally {
    isCounting = false;
  }
}

/** Puts the meter into this thread: its `Uint8Array` and `Buffer` count what they allocate from now on. */
export function meterBuffers(): void {
  const plain = Uint8Array;
  globalThis.Uint8Array = new Proxy(plain, {
    construct(target, args, newTarget) {
      // A length, or what is copied: a list or other bytes. Over an ArrayBuffer it is a view.
      if (isCounting && !(args[0] instanceof ArrayBuffer)) count(lengthOf(args[0]));
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  const { slice } = plain.prototype;
  plain.prototype.slice = function (...range) {
    const copy = slice.apply(this, range);
    count(copy.length);
    return copy;
  };
  for (const name of ['alloc', 'allocUnsafe', 'concat', 'from'] as const) meterBuffer(name);
}

function meterBuffer(name: 'alloc' | 'allocUnsafe' | 'concat' | 'from'): void {
  const method = Buffer[name] as (...args: unknown[]) => Buffer;
  Object.assign(Buffer, {
    [name]: (...args: unknown[]) => {
      const buffer = method.apply(Buffer, args);
      if (!(args[0] instanceof ArrayBuffer)) count(buffer.length);
      return buffer;
    },
  });
}

function lengthOf(source: unknown): number {
  return typeof source === 'number' ? source : ((source as ArrayLike<number> | undefined)?.length ?? 0);
}

function count(bytes: number): void {
  if (!isCounting) return;
  totalBytes += bytes;
  largestBytes = Math.max(largestBytes, bytes);
}
