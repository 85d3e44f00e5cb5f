import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { bundleForProcess } from '../run/bundle.ts';
import { readReceivedLives, readSentLives } from './lives.ts';
import { startNumbersServer } from './numbers-server.ts';
import type { ProcessTask } from './process-entry.ts';

/** How much a run does. */
export interface KillPlan {
  /** Numbers to the client. */
  readonly count: number;
  readonly kills: number;
}

const entry = fileURLToPath(new URL('./process-entry.ts', import.meta.url));

/**
 * A process sends and receives numbers at full rate, and is killed with SIGKILL and started again at moments of chance:
 * nothing is lost of what was sent in turns that were over, or of what arrives; nothing that is sent is doubled, and all
 * is in order.
 */
export async function runKills({ count, kills }: KillPlan): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-kills-'));
  const [sentFile, receivedFile, store] = ['sent', 'received', 'session'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const file of [sentFile, receivedFile]) writeFileSync(file, '');
  const script = await bundleForProcess(entry, 'delivery-store-process.mjs');
  const server = await startNumbersServer(count);
  const arrived: string[] = [];
  let process: ChildProcess | undefined;
  const start = (life: number, amount: number) => {
    const task: ProcessTask = {
      url: `ws://127.0.0.1:${server.port}`,
      store,
      life,
      sentFile,
      receivedFile,
      count: amount,
    };
    process = spawn(globalThis.process.execPath, [script, JSON.stringify(task)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return process;
  };
  try {
    for (let life = 1; life <= kills; life++) {
      const begun = new Promise<void>((resolve) => {
        server.onMessage = (message) => {
          arrived.push(message);
          if (message.startsWith(`${life} `)) resolve();
        };
      });
      const victim = start(life, 1_000_000);
      await begun;
      await pause(Math.random() * 100);
      victim.kill('SIGKILL');
      await once(victim, 'exit');
    }
    const ended = new Promise<void>((resolve) => {
      server.onMessage = (message) => (message === 'end' ? resolve() : void arrived.push(message));
    });
    start(kills + 1, 1_000);
    await Promise.all([ended, server.delivered]);

    const sent = readSentLives(arrived);
    expect(sent.faults).toEqual([]);
    for (const line of readLines(sentFile)) {
      const [life = 0, number = 0] = line.split(' ').map(Number);
      expect(sent.last.get(life), line).toBeGreaterThanOrEqual(number);
    }
    const received = readReceivedLives(readLines(receivedFile));
    expect(received.faults).toEqual([]);
    expect(received.latest).toBe(count);
    expect(server.sessions).toBe(1);
  } finally {
    process?.kill('SIGKILL');
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

function readLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}
