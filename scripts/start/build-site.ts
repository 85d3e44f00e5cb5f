import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../build/lock.ts';
import { stampFile as packagesStamp } from '../build/stamp.ts';
import { house } from '../house.ts';
import { runTool } from '../run-tool.ts';
import { compressFiles } from '../site/compress-files.ts';
import { filesBelow } from '../source-files.ts';

const docs = join(house, 'docs');

/** What is written below docs and not by hand. */
const written = ['docs/node_modules', 'docs/api', 'docs/.vitepress/dist', 'docs/.vitepress/cache'];

/** A part of the site that is made by a program: what it makes, from which files, and how. */
interface Part {
  readonly result: string;
  readonly stamp: string;
  readonly inputs: () => readonly string[];
  readonly make: () => ReturnType<typeof runTool>;
}

const reference: Part = {
  result: 'docs/api/index.md',
  stamp: '.cache/api.sha256',
  inputs: () => [packagesStamp, 'pnpm-lock.yaml', ...filesBelow(house, 'docs/typedoc')],
  make: () => runTool(house, 'tsx', ['docs/typedoc/main.ts']),
};

const site: Part = {
  result: 'docs/.vitepress/dist/index.html',
  stamp: '.cache/site.sha256',
  inputs: () => [packagesStamp, 'pnpm-lock.yaml', 'scripts/site/compress-files.ts', ...sources()],
  make: async () => {
    const run = await runTool(docs, 'vitepress', ['build', '.']);
    if (run.status === 0) compressFiles(join(docs, '.vitepress/dist'));
    return run;
  },
};

/** Brings the built site up to date with its pages and the built packages; answers whether there was anything to do. */
export async function buildSite(): Promise<'built' | 'fresh'> {
  return withLock(join(house, '.cache/site.lock'), async () => {
    await bring(reference);
    return bring(site);
  });
}

async function bring({ result, stamp, inputs, make }: Part): Promise<'built' | 'fresh'> {
  const hash = hashOf(inputs());
  const stampFile = join(house, stamp);
  const isFresh = [result, stamp].every((file) => existsSync(join(house, file)));
  if (isFresh && readFileSync(stampFile, 'utf8') === hash) return 'fresh';
  const { status, output } = await make();
  if (status !== 0) throw new Error(`${result} could not be built:\n${output}`);
  writeFileSync(stampFile, hash);
  return 'built';
}

/** It changes exactly when a new build could differ. */
function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(house, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** All that lies in docs; the pages of the reference follow from the built packages. */
function sources(): string[] {
  return ['docs', 'docs/.vitepress'].flatMap((folder) =>
    readdirSync(join(house, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (written.includes(path) || path === 'docs/.vitepress') return [];
      return entry.isDirectory() ? filesBelow(house, path) : [path];
    }),
  );
}
