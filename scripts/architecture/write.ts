// Makes docs/architecture.md and its drawing anew from the code: `npm run architecture`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { house } from '../house.ts';
import { makeArchitecture } from './make.ts';

const { files, faults } = await makeArchitecture(house);
for (const [path, text] of files) {
  writeFileSync(join(house, path), text);
  console.log(`wrote ${path}`);
}
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
