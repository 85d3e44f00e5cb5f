import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keywordCounts } from '../rfc-map/keyword-counts.ts';
import { rowFaults } from '../rfc-map/row-faults.ts';
import { parseRuleRows, type RuleRow, sectionsOf } from '../rfc-map/rule-rows.ts';
import type { Check } from './check.ts';

const page = 'docs/rfc-map.md';

/** Every rule of the RFCs has a row, and every row its file and its test, which are there. */
export const rfcMap: Check = {
  name: 'rfc map',
  run: async (root) => {
    const rows = parseRuleRows(readFileSync(join(root, page), 'utf8'));
    const faults = [
      ...rows.flatMap((row) => rowFaults(root, row).map((fault) => at(row, fault))),
      ...orderFaults(rows),
      ...countFaults(rows),
    ];
    return faults.length > 0 ? faults.join('\n') : undefined;
  },
};

function at({ line }: RuleRow, fault: string): string {
  return `${page}:${line}: ${fault}`;
}

/** The rows of a table are counted from 1. */
function orderFaults(rows: readonly RuleRow[]): string[] {
  return rows.flatMap((row, index) => {
    const above = rows[index - 1];
    const number = above?.table === row.table ? Number(above.cells[0]) + 1 : 1;
    return Number(row.cells[0]) === number ? [] : [at(row, `number ${row.cells[0]}, expected ${number}`)];
  });
}

/** No section has fewer rows than it says MUST. */
function countFaults(rows: readonly RuleRow[]): string[] {
  return Object.entries(keywordCounts).flatMap(([rfc, counts]) => {
    const sections = rows.filter(({ table }) => table === rfc).flatMap(sectionsOf);
    return Object.entries(counts).flatMap(([section, expected]) => {
      const count = sections.filter((other) => other === section).length;
      return count >= expected ? [] : [`${page}: ${rfc} ${section} has ${count} rows, but says MUST ${expected} times`];
    });
  });
}
