import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemoServer } from '../../docs/demo-server/server.ts';
import { serveSite } from '../../docs/site-server/serve-site.ts';
import { house } from '../../scripts/house.ts';
import { filesBelow } from '../../scripts/source-files.ts';
import { buildSite } from '../../scripts/start/build-site.ts';

const dist = join(house, 'docs/.vitepress/dist');

/** A page of the built site. */
export interface BuiltPage {
  /** Its address below the host, as links name it: `/`, `/guide/pace`. */
  readonly path: string;
  /** Its file below the site's folder: `guide/pace.html`. */
  readonly file: string;
}

/** The site as it is built, beside the demo server, both on the loopback. */
export interface BuiltSite {
  readonly base: string;
  stop(): Promise<void>;
}

/** All pages that the build wrote, without the one for an address that is none; builds the site where it is not fresh. */
export async function builtPages(): Promise<readonly BuiltPage[]> {
  await buildSite();
  return builtFiles()
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => ({ path: pathOf(file), file }));
}

/** All files of the built site, without the compressed copies of the same. */
export function builtFiles(): string[] {
  return filesBelow(dist, '.').filter((file) => !file.endsWith('.gz'));
}

/** What a file of the built site holds. */
export function readBuilt(file: string): Buffer {
  return readFileSync(join(dist, file));
}

/** Serves what was built, and starts the demo server, each on any free port. */
export async function openBuiltSite(): Promise<BuiltSite> {
  const demo = await startDemoServer(0, { logPath: join(house, '.cache/site-demo.log') });
  const site = await serveSite(0, () => demo);
  return {
    base: `http://localhost:${site.port}`,
    stop() {
      site.stop();
      return demo.stop();
    },
  };
}

function pathOf(file: string): string {
  return `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`;
}
