/** Something besides the protocol that holdfast takes from its runtime, in one case. */
export interface PartCase {
  readonly part: string;
  readonly name: string;
  run(): Promise<void>;
}

/** The cases of one part, in the order in which they stand. */
export function part(name: string, cases: Readonly<Record<string, PartCase['run']>>): readonly PartCase[] {
  return Object.entries(cases).map(([caseName, run]) => ({ part: name, name: caseName, run }));
}
