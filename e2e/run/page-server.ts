import { createServer } from 'node:http';
import { closeListener, listenOnFreePort, loopbackUrl } from '../servers/listen.ts';

/** A page with one script, at an address of its own. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an empty page that runs this module. */
export async function servePage(script: string): Promise<PageServer> {
  const files: Record<string, { type: string; body: string }> = {
    '/': {
      type: 'text/html',
      body: '<!doctype html><title>scenarios</title><script type="module" src="/page.js"></script>',
    },
    '/page.js': { type: 'text/javascript', body: script },
  };
  const http = createServer((request, response) => {
    // What follows a question mark is for the page.
    const file = files[(request.url ?? '').replace(/\?.*/, '')];
    if (!file) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.body);
  });
  const port = await listenOnFreePort(http);
  return {
    url: loopbackUrl('http', port),
    close: () => {
      http.closeAllConnections();
      return closeListener(http);
    },
  };
}
