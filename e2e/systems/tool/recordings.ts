import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEcho, type ToolPeer } from './peers.ts';
import { Tmux } from './tmux.ts';
import { toolPath } from './tool-run.ts';

/** The runs of the tool that docs/guide/tool.md shows: by the name of their file, what is typed in a shell. */
const runs: Readonly<Record<string, readonly string[]>> = {
  pipe: ['echo hello | holdfast localhost:8080', "printf 'one\\ntwo\\n' | holdfast localhost:8080"],
  once: [`holdfast localhost:8080 -m '{"ask":"time"}' --once --wait 5`, 'echo $?'],
  json: ['echo hello | holdfast localhost:8080 --json'],
  frames: ['holdfast localhost:8080 -m Hello --once --frames --no-compression'],
  short: ['holdfast localhost:8080 -m Hello --once --frames --short'],
  decode: ['holdfast decode 8a05 48656c6c6f', 'holdfast decode --frames --short 818537fa213d7f9f4d5158 83'],
  status: ['holdfast localhost:8080/refuse/403 -m hello', 'echo $?'],
  help: ['holdfast --help'],
};

/** What is recorded: texts by name, and the screen of a session with its colours as escape sequences. */
export interface Recordings {
  readonly texts: ReadonlyMap<string, string>;
  readonly screen: string;
}

/** The size of the screen, in characters. */
export const screenColumns = 84;

/** Runs all of it against a server of `ws`. */
export async function record(): Promise<Recordings> {
  const echo = await startEcho();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-record-'));
  try {
    // By its name, as where it is installed.
    symlinkSync(process.execPath, join(folder, 'node'));
    writeFileSync(join(folder, 'holdfast'), `#!/bin/sh\nexec node '${toolPath}' "$@"\n`, { mode: 0o755 });
    const texts = new Map<string, string>();
    for (const [name, commands] of Object.entries(runs)) texts.set(name, await recordShell(commands, folder, echo));
    return { texts, screen: await recordScreen(folder, echo) };
  } finally {
    rmSync(folder, { recursive: true });
    await echo.stop();
  }
}

const colour = new RegExp(String.raw`\x1b\[[\d;]*m`, 'g');

/** A recording without what differs from run to run: times, and the keys of masks and what they make of a payload. */
export function steady(text: string): string {
  return text
    .replace(colour, '')
    .replace(/\d\d:\d\d:\d\d\.\d{3}/g, '12:00:00.000')
    .replace(/\d{4}-\d\d-\d\dT12/g, '2026-01-01T12')
    .replace(/\d+(\.\d+)? ms|"elapsedMs":[\d.]+/g, 'some ms')
    .replace(/\b[\da-f]{2}\b/g, 'xx');
}

async function recordShell(commands: readonly string[], folder: string, echo: ToolPeer): Promise<string> {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const shown: string[] = [];
  let status = 0;
  for (const command of commands) {
    const real = command.replaceAll('8080', String(echo.port));
    const script = `(exit ${status}); ${real}`;
    const output = await new Promise<string>((resolve) => {
      const child = execFile('sh', ['-c', `exec 2>&1; ${script}`], { env }, (error, stdout) => {
        status = typeof error?.code === 'number' ? error.code : 0;
        resolve(stdout);
      });
      child.stdin?.end();
    });
    shown.push(`$ ${command}`, output.replaceAll(String(echo.port), '8080').trimEnd());
  }
  return `${shown.join('\n')}\n`;
}

async function recordScreen(folder: string, echo: ToolPeer): Promise<string> {
  const tmux = await Tmux.open(
    [join(folder, 'holdfast'), `localhost:${echo.port}`, '-p', 'chat.v2'],
    screenColumns,
    20,
    {
      PATH: `${folder}:${process.env.PATH}`,
    },
  );
  try {
    await tmux.shows(/connected/);
    await tmux.press('hello', 'Enter');
    await tmux.shows(/< hello/);
    await tmux.press('/ping', 'Enter');
    await tmux.shows(/pong/);
    await tmux.press('/binary 00ff10', 'Enter');
    await tmux.shows(/< 3 bytes/);
    await tmux.press('!hostile', 'Enter');
    await tmux.shows(/not ours/);
    await tmux.press('/pong', 'Enter');
    await tmux.shows(/is no command/);
    await tmux.press('what comes while I type stands above');
    await tmux.shows(/above$/);
    return (await tmux.screen({ colours: true })).replaceAll(String(echo.port), '8080');
  } finally {
    await tmux.close();
  }
}
