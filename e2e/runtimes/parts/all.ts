import { amounts } from './amounts.ts';
import { compression } from './compression.ts';
import { httpServers } from './http-servers.ts';
import { packages } from './packages.ts';
import type { PartCase } from './part.ts';
import { routes } from './routes.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';
import { tlsMistakes } from './tls-mistakes.ts';
import { webSocket } from './web-socket.ts';

/** Every part that is asked of a runtime besides the scenarios and the rows. */
export const parts: readonly PartCase[] = [
  ...packages,
  ...tcp,
  ...tls,
  ...tlsMistakes,
  ...routes,
  ...httpServers,
  ...amounts,
  ...compression,
  ...webSocket,
];
