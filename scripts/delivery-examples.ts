// Writes the byte examples of docs/public/delivery-examples.json into the page: `npx tsx scripts/delivery-examples.ts`.
// What runs there is typed with the names of browsers, which scripts do not have.
void import(new URL('../e2e/delivery/write-examples.ts', import.meta.url).href);
