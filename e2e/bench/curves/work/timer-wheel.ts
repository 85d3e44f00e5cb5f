import type { Clock } from '@holdfast/core/adapter';

/** How many ticks a round of the wheel has. */
const slotCount = 512;

interface Entry {
  readonly task: () => void;
  readonly dueTick: number;
  readonly slot: Set<Entry>;
}

/**
 * Timers as a wheel has them, to be compared with those of Node: one timer of the system for all, and a slot for each tick, in
 * which the tasks stand that are due in it or whole rounds later.
 */
export class TimerWheel implements Clock {
  readonly #slots = Array.from({ length: slotCount }, () => new Set<Entry>());
  readonly #tickMs: number;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;
  #setTick = Number.POSITIVE_INFINITY;
  /** All ticks up to this one are over. */
  #tick = 0;

  /** So late a task may be, in ms. */
  constructor(tickMs: number) {
    this.#tickMs = tickMs;
  }

  readonly now = (): number => performance.now();

  readonly after = (delayMs: number | undefined, task: () => void): (() => void) => {
    if (delayMs === undefined) return () => {};
    const nowMs = performance.now();
    if (this.#count++ === 0) this.#tick = Math.floor(nowMs / this.#tickMs);
    const dueTick = Math.max(this.#tick + 1, Math.ceil((nowMs + delayMs) / this.#tickMs));
    const slot = this.#slotOf(dueTick);
    const entry: Entry = { task, dueTick, slot };
    slot.add(entry);
    if (dueTick < this.#setTick) this.#set(dueTick);
    return () => void this.#take(entry);
  };

  #slotOf(tick: number): Set<Entry> {
    return this.#slots[tick % slotCount]!;
  }

  #set(tick: number): void {
    clearTimeout(this.#timer);
    this.#setTick = tick;
    this.#timer = setTimeout(() => this.#run(), Math.max(1, tick * this.#tickMs - performance.now()));
  }

  #take(entry: Entry): boolean {
    if (!entry.slot.delete(entry)) return false;
    if (--this.#count === 0) {
      clearTimeout(this.#timer);
      this.#setTick = Number.POSITIVE_INFINITY;
    }
    return true;
  }

  #run(): void {
    const last = Math.floor(performance.now() / this.#tickMs);
    this.#setTick = Number.POSITIVE_INFINITY;
    const first = Math.max(this.#tick + 1, last - slotCount + 1);
    this.#tick = last;
    const due: Entry[] = [];
    for (let tick = first; tick <= last; tick++) {
      for (const entry of this.#slotOf(tick)) if (entry.dueTick <= last) due.push(entry);
    }
    for (const entry of due) if (this.#take(entry)) entry.task();
    if (this.#count > 0) this.#set(Math.min(this.#setTick, this.#nextTick()));
  }

  /** The next in which something stands. */
  #nextTick(): number {
    let tick = this.#tick + 1;
    while (this.#slotOf(tick).size === 0) tick++;
    return tick;
  }
}
