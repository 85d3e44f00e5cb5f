import { type Finding, kindOf } from './finding.ts';
import { toHex } from './hex.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';
import { describeError, type Target } from './target.ts';

/** Inputs that follow each other, of one target. */
export interface Batch {
  readonly target: string;
  readonly seed: string;
  readonly from: number;
  readonly count: number;
}

/** How a batch went. */
export interface BatchResult {
  readonly passed: number;
  readonly failed: number;
  /** How many inputs reached what. */
  readonly reached: Readonly<Record<string, number>>;
  /** The first finding of each kind. */
  readonly findings: readonly Finding[];
}

/** The bytes of an input: the same whenever and with whatever else it runs. */
export function inputOf(target: Target, seed: string, input: number): Uint8Array {
  return target.generate(new Random(`${seed}/${target.name}/${input}`));
}

/** Runs a batch; `onInput` is told of each input before it runs. */
export async function runBatch(
  target: Target,
  { seed, from, count }: Batch,
  onInput: (input: number) => void,
): Promise<BatchResult> {
  const reached: Record<string, number> = {};
  const findings = new Map<string, Finding>();
  let failed = 0;
  for (let input = from; input < from + count; input++) {
    onInput(input);
    const bytes = inputOf(target, seed, input);
    const outcome = await tryInput(target, bytes);
    if (typeof outcome === 'string') {
      failed++;
      const kind = kindOf(outcome);
      if (!findings.has(kind)) {
        const shrunk = await shrinkFinding(target, bytes, outcome, () => onInput(input));
        findings.set(kind, { ...shrunk, target: target.name, seed, input, hex: toHex(bytes) });
      }
    } else {
      for (const label of new Set(outcome)) reached[label] = (reached[label] ?? 0) + 1;
    }
  }
  return { passed: count - failed, failed, reached, findings: [...findings.values()] };
}

/** Runs one input: answers what it reached, or the problem as text. */
export async function tryInput(target: Target, bytes: Uint8Array): Promise<readonly string[] | string> {
  try {
    return await target.run(bytes);
  } catch (error) {
    return describeError(error);
  }
}

async function shrinkFinding(
  target: Target,
  bytes: Uint8Array,
  problem: string,
  onTry: () => void,
): Promise<Pick<Finding, 'problem' | 'shrunkHex'>> {
  const kind = kindOf(problem);
  const shrunk = await shrink(bytes, target.headerBytes, async (candidate) => {
    onTry();
    const outcome = await tryInput(target, candidate);
    return typeof outcome === 'string' && kindOf(outcome) === kind;
  });
  const outcome = await tryInput(target, shrunk);
  // What is measured may not show again.
  if (typeof outcome !== 'string') return { problem, shrunkHex: toHex(bytes) };
  return { problem: outcome, shrunkHex: toHex(shrunk) };
}
