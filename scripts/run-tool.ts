import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** How a tool ended: its exit status (not zero also when it could not be run) and all that it printed. */
export interface ToolRun {
  readonly status: number;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a command with the tools of `root` first in PATH, in that folder, and keeps what it prints. */
export function runTool(root: string, command: string, args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    const stdout: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      all.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      all.push(chunk);
    });
    child.on('error', (error) =>
      resolve({ status: 1, stdout: '', output: `could not run ${command}: ${error.message}` }),
    );
    child.on('close', (status) =>
      resolve({
        status: status ?? 1,
        stdout: textOf(stdout),
        output: textOf(all) || `${command} ended with ${status}`,
      }),
    );
    child.stdin.end();
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8').trim();
}
