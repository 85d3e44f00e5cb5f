import type { Guard } from '../../e2e/attacks/row.ts';

/** The text of a file without its guard. Throws where the guard does not stand there exactly once. */
export function withoutGuard(text: string, { file, remove, instead }: Guard): string {
  const count = text.split(remove).length - 1;
  if (count !== 1) {
    throw new Error(`guard not found: update the row. ${file} has ${count} times ${JSON.stringify(remove)}`);
  }
  // A function, so that nothing in the text is taken for a pattern.
  return text.replace(remove, () => instead);
}
