import { reactive } from 'vue';
import type { LineFaults } from '../line/line-faults.ts';

/** What a dial is refused with; `refuse` is a port where nobody listens. */
export type RefusalChoice = 'none' | '401' | '403' | '429' | '503' | 'refuse';

/** What is wrong with the line now. */
interface FaultView {
  delayMs: number;
  isSilent: boolean;
  refusal: RefusalChoice;
  /** `performance.now()` when the restarted server is up again; undefined while it is up. */
  upAtMs: number | undefined;
  /** How often the line was cut. */
  cuts: number;
}

/** What a 429 asks for, in s. */
export const retryAfterSeconds = 3;

/** A line that can be broken, and the server behind it, if that can be restarted. */
export interface BreakableLine {
  readonly faults: LineFaults;
  restart?(downMs: number): void;
}

/** The switches of a line, in a form that can be shown. */
export class FaultDesk {
  readonly view: FaultView = reactive({ delayMs: 0, isSilent: false, refusal: 'none', upAtMs: undefined, cuts: 0 });
  readonly #line: BreakableLine;

  constructor(line: BreakableLine) {
    this.#line = line;
  }

  get canRestart(): boolean {
    return this.#line.restart !== undefined;
  }

  cut(): void {
    this.view.cuts++;
    this.#line.faults.cut();
  }

  setSilent(isSilent: boolean): void {
    this.view.isSilent = this.#line.faults.isSilent = isSilent;
  }

  /** How long each chunk takes, in ms. */
  setDelay(delayMs: number): void {
    this.view.delayMs = this.#line.faults.delayMs = delayMs;
  }

  setRefusal(choice: RefusalChoice): void {
    this.view.refusal = choice;
    this.#line.faults.refusal = refusalOf(choice);
  }

  setOffline(isOffline: boolean): void {
    this.#line.faults.isOffline = isOffline;
  }

  restart(downMs: number): void {
    this.#line.restart?.(downMs);
    const upAtMs = performance.now() + downMs;
    this.view.upAtMs = upAtMs;
    setTimeout(() => {
      // Restarted again meanwhile, it is up later.
      if (this.view.upAtMs === upAtMs) this.view.upAtMs = undefined;
    }, downMs);
  }
}

function refusalOf(choice: RefusalChoice): LineFaults['refusal'] {
  if (choice === 'none') return undefined;
  if (choice === 'refuse') return 'refuse';
  return { status: Number(choice), ...(choice === '429' && { retryAfterSeconds }) };
}
