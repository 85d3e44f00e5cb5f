import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { house } from '../../../scripts/house.ts';

const folder = `${house}/docs/guide/samples`;
const artifacts = `${house}/e2e/.artifacts`;
/** Where the samples tell their reader that the server is. */
const servers = /(ws|http)s?:\/\/(?:example\.org|localhost:8080)/g;

const pageGlobals = new URL('page-globals.mjs', import.meta.url).href;
const anyPort = new URL('../../server/samples/any-port.mjs', import.meta.url).href;

/** Samples that run in processes of their own, with a server of a test where they name another. */
export interface SampleCopies {
  /** Runs a copy, under another name of its file if that is given. */
  run(name: string, as?: string): RunningSample;
  /** Where a copy of this name is. */
  path(name: string): string;
  /** The folder that they run in. */
  readonly work: string;
  /** Ends all that run, and removes the copies. */
  remove(): void;
}

/** A sample at work. */
export interface RunningSample {
  /** Resolves once all of these were printed; rejects with what was, if it ends before. */
  prints(expected: readonly string[]): Promise<void>;
  /** Resolves to its exit code. */
  ended(): Promise<number | null>;
  printed(): string;
  /** Resolves to the port that it listens on, if it is a server. */
  port(): Promise<number>;
}

/** Copies the samples; a server at `port` stands in for those that they name. */
export function copySamples(port: number, redisPort = 0): SampleCopies {
  mkdirSync(artifacts, { recursive: true });
  // In here, so that the copies find the packages.
  const copies = mkdtempSync(`${artifacts}/samples-`);
  const work = mkdtempSync(`${tmpdir()}/holdfast-samples-`);
  cpSync(folder, copies, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  for (const name of readdirSync(copies)) {
    const text = readFileSync(`${copies}/${name}`, 'utf8');
    writeFileSync(
      `${copies}/${name}`,
      text.replace(servers, `$1://127.0.0.1:${port}`).replace('localhost:6379', `127.0.0.1:${redisPort}`),
    );
  }
  const children = new Set<ChildProcess>();
  return {
    path: (name) => `${copies}/${name}`,
    work,
    run(name, as = name) {
      if (as !== name) cpSync(`${copies}/${name}`, `${copies}/${as}`);
      const loader = as.endsWith('.ts') ? ['--import', import.meta.resolve('tsx'), '--import', pageGlobals] : [];
      const imports = [...loader, '--import', anyPort];
      const child = spawn(process.execPath, [...imports, `${copies}/${as}`], {
        cwd: work,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      children.add(child);
      return follow(as, child);
    },
    remove() {
      for (const child of children) child.kill('SIGKILL');
      for (const path of [copies, work]) rmSync(path, { recursive: true, force: true });
    },
  };
}

function follow(name: string, child: ChildProcess): RunningSample {
  let printed = '';
  let isOver = false;
  let look = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += String(chunk);
      look();
    });
  }
  const port = new Promise<number>((resolve) => {
    child.once('message', (told) => resolve((told as { port: number }).port));
  });
  const closed = once(child, 'close').then(([code]) => {
    isOver = true;
    look();
    return code as number | null;
  });
  return {
    prints: (expected) =>
      new Promise((resolve, reject) => {
        look = () => {
          const missing = expected.filter((text) => !printed.includes(text));
          if (missing.length === 0) resolve();
          else if (isOver) reject(new Error(`${name} did not print ${missing.join(', ')}:\n${printed}`));
        };
        look();
      }),
    ended: () => closed,
    printed: () => printed,
    port: () => port,
  };
}
