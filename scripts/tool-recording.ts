// Records what docs/guide/tool.md shows, by real runs of the built tool in a real terminal: `npx tsx scripts/tool-recording.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { record, screenColumns } from '../e2e/systems/tool/recordings.ts';
import { house } from './house.ts';
import { drawScreen } from './tool-recording/draw-screen.ts';

const { texts, screen } = await record();
for (const [name, text] of texts) writeFileSync(join(house, `docs/guide/samples/tool-${name}.txt`), text);
writeFileSync(join(house, 'docs/public/tool.svg'), drawScreen(screen, screenColumns));
console.log(`wrote ${texts.size} texts to docs/guide/samples, and docs/public/tool.svg`);
