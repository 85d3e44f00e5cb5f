// Runs e2e/faults on every engine: `npm run faults`. With --write it writes docs/faults.md and its drawing.
// What runs there is typed with the names of browsers, which scripts do not have.
void import(new URL('../e2e/faults/page/main-entry.ts', import.meta.url).href);
