import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { house } from '../../../scripts/house.ts';
import { filesBelow } from '../../../scripts/source-files.ts';

/** A block of code that stands in a page itself. */
export interface InlineBlock {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

/** A file, or a region of it, that a page shows. */
export interface IncludedCode {
  readonly page: string;
  readonly file: string;
  readonly region: string | undefined;
}

/** What is written by a program, or built, is no page of ours. */
const notWritten = /^docs\/(node_modules|\.vitepress|api)\//;

/** The pages of the site, but the reference that is generated from the code. */
export const pages: readonly string[] = filesBelow(house, 'docs').filter(
  (path) => path.endsWith('.md') && !notWritten.test(path),
);

const read = (path: string) => readFileSync(join(house, path), 'utf8');

/** All blocks of code that stand in the pages themselves. */
export function inlineBlocks(): InlineBlock[] {
  return pages.flatMap((page) =>
    [...read(page).matchAll(/^ *(`{3,}|~{3,})([^\n`]*)\n([^]*?)^ *\1/gm)].map(([, , info = '', text = '']) => ({
      page,
      language: info.trim().split(/[\s{[:]/)[0] ?? '',
      text,
    })),
  );
}

/** All code that the pages show from files. */
export function includedCode(): IncludedCode[] {
  return pages.flatMap((page) =>
    [...read(page).matchAll(/^<<< ([^\s#{]+)(?:#([\w-]+))?/gm)].map(([, file = '', region]) => ({
      page,
      file: join(dirname(page), file),
      region,
    })),
  );
}

/** Whether the file is there, with the region if one is named. */
export function isThere({ file, region }: IncludedCode): boolean {
  if (!existsSync(join(house, file))) return false;
  return region === undefined || new RegExp(`#region ${region}\\s[^]*#endregion ${region}\\s`).test(read(file));
}
