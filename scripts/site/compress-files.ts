import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow } from '../source-files.ts';

const compressible = /\.(html|js|css|svg|json)$/;

/** A shorter file is sent as fast as it is. */
const shortestBytes = 1_000;

/** Lays beside each text of a folder the same with `.gz`, as a static host sends it. */
export function compressFiles(folder: string): void {
  for (const file of filesBelow(folder, '.').filter((name) => compressible.test(name))) {
    const bytes = readFileSync(join(folder, file));
    if (bytes.length >= shortestBytes) writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
}
