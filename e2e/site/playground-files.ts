import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { house } from '../../scripts/house.ts';
import { buildSite } from '../../scripts/start/build-site.ts';
import { closeListener, listenOnFreePort, loopbackUrl } from '../servers/listen.ts';

/** The built site as any host of static files would serve it: no demo server beside it, and nothing that answers. */
export interface StaticSite {
  readonly base: string;
  stop(): Promise<void>;
}

const dist = join(house, 'docs/.vitepress/dist');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Serves the files of the built site, which is built first where it is not fresh. */
export async function serveStaticSite(): Promise<StaticSite> {
  await buildSite();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const file = extname(path) ? path : `${path === '/' ? '/index' : path}.html`;
    readFile(join(dist, file)).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  const port = await listenOnFreePort(server);
  return {
    base: loopbackUrl('http', port),
    stop: () => {
      server.closeAllConnections();
      return closeListener(server);
    },
  };
}
