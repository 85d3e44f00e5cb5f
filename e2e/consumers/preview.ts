import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What serves a built frontend. */
export interface PreviewServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the project's own Vite to serve what it has built; rejects with what Vite said when it does not start. */
export function startPreview(folder: string): Promise<PreviewServer> {
  const args = ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', '0'];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = () => {
    child.kill();
    return ended;
  };
  const said: string[] = [];

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    void ended.then(() => reject(new Error(`vite preview ended:\n${said.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url) resolve({ url, close });
    });
  });
}
