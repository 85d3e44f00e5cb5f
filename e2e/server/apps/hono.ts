import { once } from 'node:events';
import { serve as serveHono } from '@hono/node-server';
import { Hono } from 'hono';
import type { App, Attach } from './app.ts';
import { stopBoth } from './listening.ts';

/** A Hono app, on the HTTP server that its adapter for Node makes. */
export async function startHono(attach: Attach): Promise<App> {
  const app = new Hono();
  app.get('/hello', (context) => context.text('hello from Hono'));
  const http = serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(http, 'listening');
  const live = await attach(http);
  return { http, live, stop: () => stopBoth(http, live) };
}
