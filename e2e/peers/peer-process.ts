import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Note, Notes } from './notes.ts';
import type { RunningPeer } from './peer.ts';

const stopLimitMs = 5_000;

/**
 * Starts one of the programs beside this file. It tells its notes on its output as lines of JSON, the first being the port
 * of a server, `{"port":0}` for a client; a client is told on its input where to dial; and its end of input ends it, so that
 * it does not outlive us.
 */
export async function startPeerProcess(
  [command, ...args]: readonly [string, ...string[]],
  { role, compression }: { readonly role: 'server' | 'client'; readonly compression: boolean },
): Promise<RunningPeer> {
  const child = spawn(command, [...args, role, compression ? 'compressed' : 'plain'], { stdio: 'pipe' });
  const complaints = complaintsOf(child);
  // What is written to one that has gone is lost, and its end is noticed elsewhere.
  child.stdin.on('error', () => {});
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const notes = new Notes();
  const port = await new Promise<number>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (first) => {
      resolve((JSON.parse(first) as { port: number }).port);
      lines.on('line', (line) => notes.add(JSON.parse(line) as Note));
    });
    void gone.then(() => reject(new Error(`${command} ended: ${complaints()}`)));
  });
  const kill = () => {
    child.kill('SIGKILL');
    return gone;
  };
  const stop = async () => {
    child.stdin.end();
    const limit = setTimeout(() => void kill(), stopLimitMs);
    await gone;
    clearTimeout(limit);
  };
  return {
    notes,
    url: role === 'server' ? `ws://127.0.0.1:${port}` : '',
    dial: (url, protocols) => void child.stdin.write(`${JSON.stringify({ url, protocols })}\n`),
    kill,
    stop,
  };
}

function complaintsOf(child: ChildProcessWithoutNullStreams): () => string {
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk);
  });
  void once(child, 'error').then(([error]) => {
    complaints += String(error);
  });
  return () => complaints;
}
