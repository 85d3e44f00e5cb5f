/** What a Set has where the platform is of 2025. */
const setMethods = [
  'difference',
  'intersection',
  'isDisjointFrom',
  'isSubsetOf',
  'isSupersetOf',
  'symmetricDifference',
  'union',
] as const;

/**
 * Who is there, of many who come and go: a Set but for its order, and for what it leaves behind. Each table that a Set outgrows
 * points to the next, so that one which has become old keeps all later ones, and the members that left them, until the whole
 * heap is collected: of 120 µs that a connection costs a server, that took 20. Who is added or leaves while the members are
 * gone through changes nothing for who goes through them.
 */
export class Roster<T extends object> implements ReadonlySet<T> {
  readonly #members: T[] = [];
  readonly #places = new WeakMap<T, number>();

  get size(): number {
    return this.#members.length;
  }

  has(member: T): boolean {
    return this.#places.has(member);
  }

  /** Adds who is not there yet. */
  add(member: T): void {
    if (!this.has(member)) this.#places.set(member, this.#members.push(member) - 1);
  }

  /** The last takes its place; answers whether it was there. */
  delete(member: T): boolean {
    const place = this.#places.get(member);
    if (place === undefined) return false;
    const last = this.#members.pop() as T;
    if (last !== member) {
      this.#members[place] = last;
      this.#places.set(last, place);
    }
    return this.#places.delete(member);
  }

  forEach(callback: (member: T, same: T, roster: ReadonlySet<T>) => void, self?: unknown): void {
    for (const member of this) callback.call(self, member, member, this);
  }

  keys(): SetIterator<T> {
    return this.values();
  }

  values(): SetIterator<T> {
    return [...this.#members].values();
  }

  entries(): SetIterator<[T, T]> {
    return this.#members.map((member): [T, T] => [member, member]).values();
  }

  [Symbol.iterator](): SetIterator<T> {
    return this.values();
  }

  /** What a console shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): ReadonlySet<T> {
    return new Set(this.#members);
  }
}

type SetMethods = Partial<Record<string, (other: unknown) => unknown>>;

// Those that this platform has: an app sees a Set.
for (const name of setMethods) {
  const method = (Set.prototype as unknown as SetMethods)[name];
  if (!method) continue;
  const value = function (this: Roster<object>, other: unknown) {
    return method.call(new Set(this), other);
  };
  Object.defineProperty(Roster.prototype, name, { value, configurable: true, writable: true });
}
