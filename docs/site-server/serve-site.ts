import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { listenOnLoopback } from '../demo-server/loopback.ts';

const builtSite = fileURLToPath(new URL('../.vitepress/dist', import.meta.url));

/**
 * What the pages may load: only what this site holds, so that no page can ask anybody else for anything.
 * The playground may connect to any WebSocket that the reader names, and pages to the demo server.
 */
const contentPolicy = (demoPort: number) =>
  [
    "default-src 'self'",
    // VitePress sets the colour scheme by an inline script, before the first paint.
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ws: wss: http://localhost:${demoPort} http://127.0.0.1:${demoPort}`,
    // Files are read and hashed by workers whose code the page makes.
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Where the demo server listens: for everybody, and for lines that can be watched. */
export interface DemoPorts {
  readonly port: number;
  readonly linePort: number;
  /** The ports of further demo servers that have the same chat. */
  readonly others?: readonly number[];
  /** Whether a client may ask for delivery, which ws has not. Default true. */
  readonly delivers?: boolean;
}

/** A site that is being served. */
export interface Site {
  readonly port: number;
  stop(): void;
}

/** Serves the built site on `port` (0: any), or the next free one, and tells the pages where the demo server is. */
export async function serveSite(port: number, demoPorts: () => DemoPorts): Promise<Site> {
  const files = sirv(builtSite, {
    dev: true,
    etag: true,
    gzip: true,
    onNoMatch: (_request, response) => answerNotFound(response),
  });
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('Content-Security-Policy', contentPolicy(demoPorts().port));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.url === '/demo-server.json') answerDemoPorts(response, demoPorts());
    else files(request, response);
  };
  const { port: taken, servers } = await listenOnLoopback(() => createServer(handle), port);
  return {
    port: taken,
    stop() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function answerDemoPorts(response: ServerResponse, ports: DemoPorts): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  const { port, linePort, others = [], delivers = true } = ports;
  response.end(JSON.stringify({ port, linePort, others, delivers }));
}

function answerNotFound(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(readFileSync(`${builtSite}/404.html`));
}
