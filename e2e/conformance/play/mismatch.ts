/** A row did not go as it says. */
export class Mismatch extends Error {
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string, at = '') {
    super(`${at}expected ${expected}, got ${got}`);
    this.name = 'Mismatch';
    this.expected = expected;
    this.got = got;
  }

  /** The same with the number and the kind of the step. */
  at(step: number, kind: string): Mismatch {
    return new Mismatch(this.expected, this.got, `step ${step} (${kind}): `);
  }
}
