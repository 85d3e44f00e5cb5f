// Runs e2e/runtimes: `npm run runtimes`. Arguments: beginnings of the names of runtimes, and --write for docs/runtimes.md.
// What runs there is typed with the names of browsers, which scripts do not have.
void import(new URL('../e2e/runtimes/main-entry.ts', import.meta.url).href);
