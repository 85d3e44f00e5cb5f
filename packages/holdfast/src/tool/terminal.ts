import type { ReadStream, WriteStream } from 'node:tty';

/** What the tool has of the process that it is. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream | ReadStream;
  readonly stdout: NodeJS.WriteStream | WriteStream;
  readonly stderr: NodeJS.WriteStream | WriteStream;
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): never;
}

/** Whether lines can be edited here while others are shown. */
export function hasPrompt({ stdin, stdout, env }: Pick<Terminal, 'stdin' | 'stdout' | 'env'>): boolean {
  return stdin.isTTY && stdout.isTTY && env.TERM !== 'dumb';
}
