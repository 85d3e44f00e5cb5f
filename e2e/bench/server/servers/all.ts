import { bareSocketServer } from './bare-socket.ts';
import { holdfastServer } from './holdfast.ts';
import type { BenchServer, ServerWork } from './kind.ts';
import { wsServer } from './ws.ts';

/** Starts the server of each contender. */
export const servers: Readonly<Record<string, (work: ServerWork) => Promise<BenchServer>>> = {
  holdfast: holdfastServer,
  ws: wsServer,
  'bare socket': bareSocketServer,
};
