/** What stands between a flaw and this product, as text that can be taken out. */
export interface Guard {
  /** Of the sources, from the root of the workspace. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly remove: string;
  /** What stands there without the guard: code that loads and does as the flawed product did. */
  readonly instead: string;
}

/** A published flaw of another product, and what holds here. */
export interface AttackRow {
  /** The identifier by which it is known. */
  readonly id: string;
  readonly product: string;
  /** Who was attacked. */
  readonly side: 'client' | 'server' | 'both';
  /** What broke there, in one sentence. */
  readonly flaw: string;
  /** What holds here: the name of the test, behind the identifier. */
  readonly promise: string;
  readonly guard: Guard;
}

/** Rows with the same subject; their tests stand in `<name>.test.ts`. */
export interface Theme {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly AttackRow[];
}

/** The name of a row's test. */
export function testName({ id, promise }: AttackRow): string {
  return `${id}: ${promise}`;
}

/** The name of the test of a theme that passes also without any one guard: it shows that the rest still works. */
export function honestTestName(theme: string): string {
  return `honest use works: ${theme}`;
}
