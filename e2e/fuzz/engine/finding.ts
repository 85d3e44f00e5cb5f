/** An input under which an invariant does not hold. */
export interface Finding {
  readonly target: string;
  readonly seed: string;
  /** The number of the input under that seed. */
  readonly input: number;
  readonly problem: string;
  /** The input, and the smallest that was found to fail too. */
  readonly hex: string;
  readonly shrunkHex: string;
}

/** A finding as text: what broke, with which bytes, and how to see it again. */
export function formatFinding({ target, seed, input, problem, hex, shrunkHex }: Finding): string {
  const command = `npm run fuzz -- --target ${quote(target)}`;
  return [
    `FOUND in ${target}, seed ${seed}, input ${input}: ${problem}`,
    `  shrunk to ${shrunkHex.length / 2} of ${hex.length / 2} bytes: ${shrunkHex}`,
    `  replay: HOLDFAST_SEED=${quote(seed)} ${command} --input ${input}`,
    `  replay the shrunk one: ${command} --hex ${quote(shrunkHex)}`,
  ].join('\n');
}

/** What findings of one kind have in common: the first line of the problem without its texts and numbers. */
export function kindOf(problem: string): string {
  const [first = ''] = problem.split('\n');
  return first
    .replace(/\.\.\. \(\d+ characters\)/g, '"')
    .replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, '"..."')
    .replace(/\d+/g, 'N');
}

/** As a shell takes it for one word. */
function quote(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text}'`;
}
