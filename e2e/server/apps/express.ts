import { once } from 'node:events';
import express from 'express';
import type { App, Attach } from './app.ts';
import { stopBoth } from './listening.ts';

/** An Express app, on the HTTP server that Express makes. */
export async function startExpress(attach: Attach): Promise<App> {
  const app = express();
  app.get('/hello', (_, response) => void response.send('hello from Express'));
  const http = app.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const live = await attach(http);
  return { http, live, stop: () => stopBoth(http, live) };
}
