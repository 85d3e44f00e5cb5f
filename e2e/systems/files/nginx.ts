import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInPath, isExecutable } from '../../browser/executable.ts';

/** An nginx in front of a server of files and a site. */
export interface FilesNginx {
  readonly pid: number;
  /** Ends it at once, as a machine that fails: every connection breaks. */
  kill(): Promise<void>;
}

/** Where its program is, if it is installed; PATH need not have those of administrators. */
export function findNginx(): string | undefined {
  return findInPath(['nginx']) ?? ['/usr/sbin/nginx'].find(isExecutable);
}

/**
 * Starts it on a port, below a folder: `/files` goes to the server behind it, `PUT /put/…` is stored by nginx itself, `PUT /stream/…`
 * goes to the server behind it too, and all else is the site: of the folder, or of the server on the port `site`.
 */
export async function startFilesNginx(
  folder: string,
  port: number,
  behind: number,
  site?: number,
): Promise<FilesNginx> {
  for (const name of ['site', 'put', 'temporary']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, behind, site));
  const given = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const child = spawn(findNginx()!, given, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  let complaints = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      complaints += String(chunk);
      if (complaints.includes('start worker process') || complaints.includes('event method')) resolve();
    });
    void ended.then(() => reject(new Error(`nginx has ended: ${complaints}`)));
  });
  return {
    pid: child.pid as number,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function configuration(folder: string, port: number, behind: number, site: number | undefined): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
error_log stderr notice;
pid ${folder}/nginx.pid;
user ${process.getuid?.() === 0 ? 'root' : 'nobody'};
events {}
http {
  access_log off;
  types { text/html html; text/javascript js; }
${temporary.map((what) => `  ${what}_temp_path ${folder}/temporary/${what};`).join('\n')}
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    location /files {
      proxy_pass http://127.0.0.1:${behind};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $http_host;
      proxy_buffer_size 128k;
      proxy_buffers 4 128k;
      proxy_busy_buffers_size 256k;
    }
    location /put/ {
      root ${folder};
      dav_methods PUT;
    }
    location /stream/ {
      proxy_pass http://127.0.0.1:${behind};
      proxy_http_version 1.1;
      proxy_request_buffering off;
    }
    location / {
      ${site === undefined ? `root ${folder}/site; index index.html;` : `proxy_pass http://127.0.0.1:${site};`}
    }
  }
}
`;
}
