import { fileURLToPath } from 'node:url';
import type { Peer, Presence, RunningPeer } from './peer.ts';
import { startPeerProcess } from './peer-process.ts';
import { missing, outputOf } from './presence.ts';

const program = fileURLToPath(new URL('./programs/peer.py', import.meta.url));
const deliveryProgram = fileURLToPath(new URL('./programs/delivery.py', import.meta.url));
const chatProgram = fileURLToPath(new URL('./programs/chat.py', import.meta.url));

/** The first may be of another origin than Debian, and know nothing of its packages. */
const interpreters = ['python3', '/usr/bin/python3'];
const question = 'import websockets.legacy.server, websockets.version; print(websockets.version.version)';

/** Python's websockets, on asyncio. */
export function python(role: Peer['role']): Peer {
  return {
    name: 'python websockets',
    role,
    quirks: {
      // Its zlib has no window of 8 bits, and it fails only after it has agreed to one.
      failsWith: ({ serverMaxWindowBits }) =>
        serverMaxWindowBits === 8 ? { server: 'http-status', client: 'ValueError' }[role] : undefined,
      cannot: (command) => (command === 'close' ? 'its close() always has a code' : undefined),
    },
    find: async () => search()?.presence ?? missing('websockets for Python', 'python3-websockets'),
    start: (compression) => startPeerProcess([search()!.interpreter, program], { role, compression }),
  };
}

/** The server of `holdfast.delivery.v1` in Python; it has no role but that of a server. */
export function startPythonDelivery(): Promise<RunningPeer> {
  return startPeerProcess([search()!.interpreter, deliveryProgram], { role: 'server', compression: false });
}

/** The chat room in Python. */
export function startPythonChat(): Promise<RunningPeer> {
  return startPeerProcess([search()!.interpreter, chatProgram], { role: 'server', compression: true });
}

function search(): { interpreter: string; presence: Presence } | undefined {
  for (const interpreter of interpreters) {
    const version = outputOf(interpreter, '-W', 'ignore', '-c', question);
    if (version !== undefined) return { interpreter, presence: { version } };
  }
  return undefined;
}
