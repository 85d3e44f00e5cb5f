import { HoldfastError } from '@holdfast/core';
import type { Random } from './random.ts';

/** Something that is fuzzed. An input is bytes and nothing else, so that a finding is its hex. */
export interface Target {
  readonly name: string;
  /** How many of all inputs are this target's, beside the others: in a long run, and in a short one, where time is dear. */
  readonly weight: { readonly long: number; readonly short: number };
  /** The first bytes of an input, which choose roles, limits and cuts; the rest is what the product is given. */
  readonly headerBytes: number;
  generate(random: Random): Uint8Array;
  /** Throws where an invariant breaks; else answers what the input reached, for the histogram. */
  run(input: Uint8Array): readonly string[] | Promise<readonly string[]>;
}

/** An invariant that does not hold. */
class Breach extends Error {
  override readonly name = 'Breach';
}

/** Throws a Breach unless the condition holds. */
export function hold(condition: boolean, what: string | (() => string)): asserts condition {
  if (!condition) throw new Breach(typeof what === 'string' ? what : what());
}

/** Throws a Breach unless both are the same text, number or truth. */
export function holdSame(got: unknown, expected: unknown, what: string): void {
  hold(got === expected, () => `${what}: ${brief(got)}, expected ${brief(expected)}`);
}

/** Throws a Breach at the first place where two lists differ. */
export function holdSameList(got: readonly string[], expected: readonly string[], what: string): void {
  const length = Math.max(got.length, expected.length);
  for (let i = 0; i < length; i++) holdSame(got[i], expected[i], `${what}, number ${i}`);
}

/** Calls the product: answers what it answers or the HoldfastError that it throws; another error is a Breach. */
export function attempt<T>(call: () => T): T | HoldfastError {
  try {
    return call();
  } catch (error) {
    checkKind(error);
    return error;
  }
}

/** Throws a Breach unless this is a HoldfastError with its code in its message. */
export function checkKind(error: unknown): asserts error is HoldfastError {
  hold(error instanceof HoldfastError, () => `threw ${describeError(error)}, and no HoldfastError`);
  hold(error.message.startsWith(error.code), () => `message ${brief(error.message)} without code ${error.code}`);
}

/** An error as a person wants to read it, with its place. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `${typeof error} ${String(error)}`;
  return error instanceof Breach ? error.message : (error.stack ?? String(error));
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 160 ? `${text.slice(0, 160)}... (${text.length} characters)` : text;
}
