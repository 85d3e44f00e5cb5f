// Runs the checks of e2e/peers with every peer: `npm run peers`. With --write it writes docs/peers.md.
// What runs there is typed with the names of browsers, which scripts do not have.
void import(new URL('../e2e/peers/page/main-entry.ts', import.meta.url).href);
