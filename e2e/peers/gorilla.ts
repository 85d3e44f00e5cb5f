import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findInPath } from '../browser/executable.ts';
import type { Peer, Presence, RunningPeer } from './peer.ts';
import { startPeerProcess } from './peer-process.ts';
import { missing, outputOf } from './presence.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Where Debian keeps the sources of Go's packages. */
const goPath = '/usr/share/gocode';
const debianPackage = 'golang-github-gorilla-websocket-dev';

/** Go's gorilla/websocket, from Debian's sources of it. */
export function gorilla(role: Peer['role']): Peer {
  return {
    name: 'gorilla/websocket',
    role,
    quirks: {
      refusedCodes: [1014],
      hidesExtensions: true,
      // RFC 7692 7.1.2.1: who takes an offer of it names it in the answer.
      failsWith: ({ serverMaxWindowBits }) =>
        role === 'server' && serverMaxWindowBits ? 'handshake-extension' : undefined,
      dropsOverLimit: true,
      fragmentsAlways: role === 'client',
    },
    find,
    start: async (compression) => {
      return startPeerProcess([await build('gorilla')], { role, compression });
    },
  };
}

async function find(): Promise<Presence> {
  const isHere = findInPath(['go']) && existsSync(`${goPath}/src/github.com/gorilla/websocket`);
  if (!isHere) return missing('gorilla/websocket for Go', 'golang-go', debianPackage);
  return {
    version: outputOf('dpkg-query', '--show', '--showformat=${source:Upstream-Version}', debianPackage) ?? 'unknown',
  };
}

/** The chat room of programs/chat.go. */
export async function startGorillaChat(): Promise<RunningPeer> {
  return startPeerProcess([await build('chat')], { role: 'server', compression: true });
}

const built = new Map<string, Promise<string>>();

/** Builds one of the programs, once; answers its path. */
function build(name: string): Promise<string> {
  const known = built.get(name) ?? buildAnew(name);
  built.set(name, known);
  return known;
}

async function buildAnew(name: string): Promise<string> {
  const cache = here('../../.cache/peers/go');
  const program = here(`../../.cache/peers/${name}`);
  await mkdir(cache, { recursive: true });
  // The packages of Debian are no modules, and a C compiler need not be here.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: goPath, GOCACHE: cache, GOFLAGS: '', CGO_ENABLED: '0' };
  await promisify(execFile)('go', ['build', '-o', program, here(`./programs/${name}.go`)], { env });
  return program;
}
