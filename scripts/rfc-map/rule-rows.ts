/** One row of a table of rules. */
export interface RuleRow {
  /** Where it stands in the page, counted from 1. */
  readonly line: number;
  /** The heading above its table. */
  readonly table: string;
  /** Number, section, rule, role, what keeps it, what shows it. */
  readonly cells: readonly string[];
}

/** How many cells a row has. */
export const cellCount = 6;

/** The rows of all tables of a page, without their heads. */
export function parseRuleRows(page: string): RuleRow[] {
  const rows: RuleRow[] = [];
  let table = '';
  for (const [index, text] of page.split('\n').entries()) {
    table = /^## (.+)$/.exec(text)?.[1] ?? table;
    if (!text.startsWith('|') || /^\| (No\.|---)/.test(text)) continue;
    rows.push({ line: index + 1, table, cells: splitCells(text) });
  }
  return rows;
}

/** The sections that a row belongs to: `5.3, 10.3` are two, and what stands behind them is left out. */
export function sectionsOf({ cells }: RuleRow): string[] {
  return (cells[1] ?? '').match(/(?<![\w.])\d+(?:\.\d+)*(?=,|$)/g) ?? [];
}

/** Cells without their white space; `\|` is a character of a cell. */
function splitCells(text: string): string[] {
  const parts = text.split(/(?<!\\)\|/).slice(1, -1);
  return parts.map((part) => part.trim().replaceAll('\\|', '|'));
}
