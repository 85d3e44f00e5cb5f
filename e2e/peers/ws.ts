import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Peer } from './peer.ts';
import { startPeerProcess } from './peer-process.ts';

const program = fileURLToPath(new URL('./programs/ws.mjs', import.meta.url));

/** The ws library on this Node. */
export function ws(role: Peer['role']): Peer {
  return {
    name: 'ws',
    role,
    quirks: {},
    find: async () => createRequire(import.meta.url)('ws/package.json') as { version: string },
    start: (compression) => startPeerProcess([process.execPath, program], { role, compression }),
  };
}
