import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../build/lock.ts';
import { stampFile as packagesStamp } from '../build/stamp.ts';
import { house } from '../house.ts';
import { runTool } from '../run-tool.ts';
import { filesBelow } from '../source-files.ts';

const stampFile = join(house, '.cache/site.sha256');
const docs = join(house, 'docs');

/** Brings the built site up to date with its pages and the built packages; answers whether there was anything to do. */
export async function buildSite(): Promise<'built' | 'fresh'> {
  return withLock(join(house, '.cache/site.lock'), async () => {
    const hash = siteHash();
    if (isBuilt(hash)) return 'fresh';
    const { status, output } = await runTool(docs, 'vitepress', ['build', '.']);
    if (status !== 0) throw new Error(`the site could not be built:\n${output}`);
    writeFileSync(stampFile, hash);
    return 'built';
  });
}

function isBuilt(hash: string): boolean {
  const hasPages = existsSync(join(docs, '.vitepress/dist/index.html'));
  return hasPages && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

/** A hash over all that the site is made of: it changes exactly when a new build could differ. */
function siteHash(): string {
  const hash = createHash('sha256');
  for (const file of [packagesStamp, 'pnpm-lock.yaml', ...pages()]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(house, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function pages(): string[] {
  const folders = ['.vitepress/theme', 'decisions', 'guide', 'playground', 'public', 'demo-server', 'speed'];
  const files = ['package.json', 'tsconfig.json', 'index.md', 'playground.md', 'speed.md', '.vitepress/config.ts'];
  return [...files.map((file) => `docs/${file}`), ...folders.flatMap((folder) => filesBelow(house, `docs/${folder}`))];
}
