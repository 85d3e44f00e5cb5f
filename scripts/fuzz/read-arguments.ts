import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

interface Common {
  readonly seed: string;
  /** Serves other targets than the real ones. */
  readonly entry: URL | undefined;
}

/** To run for a time or a number of inputs. */
export interface RunCommand extends Common {
  readonly kind: 'run';
  readonly only: readonly string[] | undefined;
  readonly inputs: number | undefined;
  readonly forMs: number | undefined;
}

/** What the fuzz was asked for: to run, or to replay an input of the seed, or bytes. */
export type FuzzCommand =
  | RunCommand
  | (Common & { readonly kind: 'input'; readonly target: string; readonly input: number })
  | (Common & { readonly kind: 'hex'; readonly target: string; readonly hex: string });

const options = {
  minutes: { type: 'string' },
  inputs: { type: 'string' },
  target: { type: 'string', multiple: true },
  seed: { type: 'string' },
  input: { type: 'string' },
  hex: { type: 'string' },
  entry: { type: 'string' },
} as const;

/** Reads the arguments; a seed that is not given is made from the clock. */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): FuzzCommand {
  // pnpm hands on the `--` that npm takes away.
  const { values } = parseArgs({ args: args.filter((arg) => arg !== '--'), options });
  const entry = values.entry === undefined ? undefined : pathToFileURL(values.entry);
  const common = { seed: values.seed ?? env['HOLDFAST_SEED'] ?? String(Date.now()), entry };
  const { hex } = values;
  if (hex !== undefined) return { ...common, kind: 'hex', target: theTarget(values.target), hex };
  const input = numberOf('input', values.input);
  if (input !== undefined) return { ...common, kind: 'input', target: theTarget(values.target), input };
  const inputs = numberOf('inputs', values.inputs);
  const minutes = numberOf('minutes', values.minutes) ?? (inputs === undefined ? 1 : undefined);
  return { ...common, kind: 'run', only: values.target, inputs, forMs: minutes && minutes * 60_000 };
}

function theTarget([target, ...more]: readonly string[] = []): string {
  if (target === undefined || more.length > 0) throw new RangeError('a replay needs one --target');
  return target;
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new RangeError(`--${name} ${JSON.stringify(text)} is no number`);
  return Number(text);
}
