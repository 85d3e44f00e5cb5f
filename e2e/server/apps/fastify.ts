import fastify from 'fastify';
import type { App, Attach } from './app.ts';

/** A Fastify app: its own `close` drains the WebSockets, by a hook. */
export async function startFastify(attach: Attach): Promise<App> {
  const app = fastify();
  app.get('/hello', () => 'hello from Fastify');
  const live = await attach(app.server);
  app.addHook('preClose', () => live.drain());
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { http: app.server, live, stop: () => app.close() };
}
