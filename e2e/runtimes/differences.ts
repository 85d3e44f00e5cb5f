import type { HoldfastErrorCode } from '@holdfast/node';
import { ciphersOfTls12, ciphersOfTls13 } from './parts/tls.ts';

/** What a runtime cannot do, and the error that says so in the place of what the check asks for. */
export interface Difference {
  readonly runtime: string;
  /** The name of a check. */
  readonly check: string;
  readonly code: HoldfastErrorCode;
  readonly reason: string;
}

const noTls13 = 'its TLS has no way to choose the ciphers of TLS 1.3, and would leave the option out without a word';
const noCiphers = 'its TLS chooses the ciphers itself, and would leave the option out without a word';

/** Everything that differs: what is not in this list holds on every runtime. */
export const differences: readonly Difference[] = [
  { runtime: 'Bun', check: ciphersOfTls13, code: 'invalid-option', reason: noTls13 },
  { runtime: 'Deno', check: ciphersOfTls12, code: 'invalid-option', reason: noCiphers },
  { runtime: 'Deno', check: ciphersOfTls13, code: 'invalid-option', reason: noCiphers },
];

/** The difference of a runtime in a check, if there is one. */
export function differenceIn(runtime: string, check: string): Difference | undefined {
  return differences.find((each) => each.runtime === runtime && each.check === check);
}
