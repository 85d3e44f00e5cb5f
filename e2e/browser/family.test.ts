import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeListener, listenOnFreePort } from '../servers/listen.ts';
import { type Family, startFamily } from './family.ts';

/** Connects to the port and ends when it is told to; before, it starts one that only connects. */
const program = (port: number) => `
  const connect = "require('node:net').connect(${port}, '127.0.0.1')";
  const socket = eval(connect);
  socket.once('connect', () => {
    require('node:child_process').spawn(process.execPath, ['-e', connect]);
    console.log('started');
  });
  socket.once('data', () => {
    console.error('told to end');
    process.exit(3);
  });
`;

describe('a program and its child end together', () => {
  let server: Server;
  let command: readonly string[];
  let members: Promise<readonly Socket[]>;
  beforeEach(async () => {
    server = createServer((socket) => socket.on('error', () => {}));
    command = [process.execPath, '-e', program(await listenOnFreePort(server))];
    members = connections(server, 2);
  });
  afterEach(() => closeListener(server));

  test('when they are ended', async () => {
    const family = startFamily(command);
    expect(await family.firstLine).toBe('started');
    const gone = (await members).map(isGone);
    await family.end();
    await Promise.all(gone);
    await expect(family.ended).rejects.toThrow('is gone');
  });

  test('when the program ends, which is told with what it complained of', async () => {
    const family = startFamily(command);
    const [first, second] = await members;
    const gone = isGone(second!);
    first!.write('end');
    await expect(family.ended).rejects.toThrow(/told to end\n.* ended with 3/);
    await gone;
    await family.end();
  });

  test('when our own process is killed', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', parentOf(command)]);
    const gone = (await members).map(isGone);
    parent.kill('SIGKILL');
    await Promise.all(gone);
  });

  test('and a program that is not there is told', async () => {
    const family: Family = startFamily(['/no/such/program']);
    await expect(family.firstLine).rejects.toThrow('/no/such/program ended with 127');
  });
});

function parentOf(command: readonly string[]): string {
  const family = new URL('./family.ts', import.meta.url).href;
  return `import { startFamily } from ${JSON.stringify(family)}; startFamily(${JSON.stringify(command)});`;
}

/** The first n connections, the oldest first. */
async function connections(server: Server, n: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < n) sockets.push(((await once(server, 'connection')) as [Socket])[0]);
  return sockets;
}

async function isGone(socket: Socket): Promise<void> {
  socket.resume();
  await once(socket, 'close');
}
