import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInPath } from '../browser/executable.ts';
import { type Family, startFamily } from '../browser/family.ts';
import type { Presence } from './peer.ts';
import { missing } from './presence.ts';

/** A program that is a proxy, for one user with one password. */
export interface ProxyProgram {
  readonly name: string;
  /** The schemes of URLs by which it is used. */
  readonly schemes: readonly string[];
  find(): Presence;
  /** Starts it on a port of the loopback. */
  start(port: number): Promise<RunningProxy>;
}

/** One that runs. */
export interface RunningProxy {
  stop(): Promise<void>;
}

/** What the proxies want to hear. */
export const user = 'me';
/** The same. */
export const password = 'open-sesame';

/** Speaks CONNECT. */
export const tinyproxy: ProxyProgram = {
  name: 'tinyproxy',
  schemes: ['http'],
  find: () => presenceOf('tinyproxy', 'tinyproxy-bin'),
  async start(port) {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-tinyproxy-'));
    const file = join(folder, 'tinyproxy.conf');
    await writeFile(file, `Port ${port}\nListen 127.0.0.1\nTimeout 600\nBasicAuth ${user} ${password}\n`);
    const running = await startOn(port, ['tinyproxy', '-d', '-c', file]);
    return {
      async stop() {
        await running.end();
        await rm(folder, { recursive: true });
      },
    };
  },
};

/** Speaks SOCKS 5. */
export const microsocks: ProxyProgram = {
  name: 'microsocks',
  schemes: ['socks5', 'socks5h'],
  find: () => presenceOf('microsocks', 'microsocks'),
  async start(port) {
    const options = ['-i', '127.0.0.1', '-p', String(port), '-u', user, '-P', password];
    const running = await startOn(port, ['microsocks', ...options]);
    return { stop: () => running.end() };
  },
};

function presenceOf(program: string, debian: string): Presence {
  return findInPath([program]) ? { version: 'as installed' } : missing(program, debian);
}

/** Starts a program, and waits until it takes connections. */
async function startOn(port: number, command: readonly string[]): Promise<Family> {
  const family = startFamily(command);
  await Promise.race([untilTaken(port), family.ended]);
  return family;
}

async function untilTaken(port: number): Promise<void> {
  const isTaken = await new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
  if (!isTaken) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await untilTaken(port);
  }
}
