import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { house } from '../../scripts/house.ts';
import type { BuiltPage } from './built-site.ts';
import { type HtmlLinks, readHtmlLinks } from './html-links.ts';

/** What a check of all links found. */
export interface LinkReport {
  /** How many addresses the pages name, and how many files of this repository. */
  readonly links: number;
  readonly sources: number;
  /** The addresses on other hosts, which nobody was asked for. */
  readonly outside: readonly string[];
  /** A line for each that leads nowhere: the page, the link and what is wrong. */
  readonly faults: readonly string[];
}

/** A host that is none: what is on it is on this site. */
const site = 'http://site.invalid';

/** Follows every link, anchor and reference of these pages, within a site that consists of these files. */
export function checkLinks(
  pages: readonly (BuiltPage & { readonly html: string })[],
  files: ReadonlySet<string>,
): LinkReport {
  const read = new Map(pages.map(({ path, html }) => [path, readHtmlLinks(html)]));
  const outside = new Set<string>();
  const faults: string[] = [];
  let links = 0;
  let sources = 0;
  for (const [path, page] of read) {
    links += page.addresses.length;
    sources += page.sources.length;
    for (const address of page.addresses) {
      const fault = addressFault(address, path, read, files, outside);
      if (fault) faults.push(`${path}: ${address} ${fault}`);
    }
    for (const source of page.sources) {
      if (!existsSync(join(house, source))) faults.push(`${path}: ${source} is no file of the repository`);
    }
  }
  return { links, sources, outside: [...outside].sort(), faults };
}

function addressFault(
  address: string,
  from: string,
  pages: ReadonlyMap<string, HtmlLinks>,
  files: ReadonlySet<string>,
  outside: Set<string>,
): string | undefined {
  if (address.startsWith('data:')) return undefined;
  if (!URL.canParse(address, site + from)) return 'is no address';
  const url = new URL(address, site + from);
  if (url.origin !== site) {
    outside.add(url.href);
    return outsideFault(url);
  }
  const path = decodeURIComponent(url.pathname);
  const page = pages.get(path);
  if (!page) return files.has(path.slice(1)) ? undefined : 'leads to no page and no file';
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === '' || page.anchors.has(anchor) ? undefined : 'leads to no anchor of that page';
}

/** What can be told without asking: a name that can be looked up, spoken to in private. */
function outsideFault({ protocol, hostname }: URL): string | undefined {
  if (protocol !== 'https:') return `is spoken to by ${protocol}`;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) ? undefined : 'has no host that can be looked up';
}
