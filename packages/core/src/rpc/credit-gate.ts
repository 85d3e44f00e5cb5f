import { maxCredit } from './envelope.ts';

/** Lets as many items through as the reader has granted. */
export interface CreditGate {
  readonly add: (credit: number) => void;
  /** Resolves to `true` when an item may pass, and to `false` once the gate is closed. */
  readonly take: () => Promise<boolean>;
  readonly close: () => void;
}

/** A gate with this much credit; more than a window's worth at a time is never due. */
export function createCreditGate(credit: number): CreditGate {
  let left = credit;
  let isClosed = false;
  let wake: (() => void) | undefined;
  return {
    add(more) {
      left = Math.min(left + more, maxCredit);
      wake?.();
    },
    async take() {
      while (left === 0 && !isClosed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      left--;
      return !isClosed;
    },
    close() {
      isClosed = true;
      wake?.();
    },
  };
}
