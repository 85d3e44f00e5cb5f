import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localhostCertificate } from '../../packages/node/src/certificates.test-helper.ts';
import { findInPath, isExecutable } from '../browser/executable.ts';
import { startFamily } from '../browser/family.ts';
import { findFreePort } from '../servers/listen.ts';
import type { Peer, Presence, RunningPeer } from './peer.ts';
import { missing, outputOf } from './presence.ts';
import { ws } from './ws.ts';

/** A ws server behind nginx, which speaks TLS or does not. */
export function nginx(scheme: 'ws' | 'wss'): Peer {
  const behind = ws('server');
  return {
    name: scheme === 'wss' ? 'ws behind nginx, TLS' : 'ws behind nginx',
    role: 'server',
    ...(scheme === 'wss' && { ca: localhostCertificate.cert }),
    quirks: { dropsOverLimit: true },
    find,
    start: async (compression) => {
      const server = await behind.start(compression);
      return startNginx(scheme, server);
    },
  };
}

/** PATH need not have the programs of administrators. */
function path(): string | undefined {
  return findInPath(['nginx']) ?? ['/usr/sbin/nginx'].find(isExecutable);
}

async function find(): Promise<Presence> {
  const program = path();
  if (program === undefined) return missing('nginx', 'nginx');
  return { version: outputOf(program, '-v')?.replace(/^.*nginx\//s, '') ?? 'unknown' };
}

async function startNginx(scheme: 'ws' | 'wss', server: RunningPeer): Promise<RunningPeer> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-nginx-'));
  const port = await findFreePort();
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, scheme, new URL(server.url).port));
  await writeFile(join(folder, 'cert.pem'), localhostCertificate.cert);
  await writeFile(join(folder, 'key.pem'), localhostCertificate.key);
  // Its log goes to the output: the first line, on how it waits for events, comes when it listens.
  const command = ['/bin/sh', '-c', 'exec "$0" "$@" 2>&1', path()!, '-p', folder, '-e', 'stderr'];
  const family = startFamily([...command, '-c', join(folder, 'nginx.conf')]);
  const stop = async () => {
    await family.end();
    await rm(folder, { recursive: true });
    await server.stop();
  };
  const firstLine = await family.firstLine;
  if (firstLine.includes('event method')) return { ...server, url: `${scheme}://127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(`nginx does not start: ${firstLine}`);
}

/** All that it writes goes below the folder, so that it needs no right of anybody else. */
function configuration(folder: string, port: number, scheme: 'ws' | 'wss', behind: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
error_log stderr notice;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
${temporary.map((what) => `  ${what}_temp_path ${folder}/${what};`).join('\n')}
  server {
    listen 127.0.0.1:${port}${scheme === 'wss' ? ' ssl' : ''};
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    location / {
      proxy_pass http://127.0.0.1:${behind};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $host;
    }
  }
}
`;
}
