import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StandardServer, startStandardServer } from './standard-server.ts';

let server: StandardServer;
beforeAll(async () => {
  server = await startStandardServer();
});
afterAll(() => server.close());

const cwd = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in a process of its own, which has to end by itself; answers all that it printed. */
async function run(type: 'module' | 'commonjs', program: string): Promise<string> {
  const args = [`--input-type=${type}`, '--eval', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 30_000 });
  return stdout + stderr;
}

test('an error that nobody listens to ends no process, and the process ends by itself', async () => {
  const program = `
    import { WebSocket } from '@holdfast/node';
    for (const path of ['/refuse', '/hang-up', '/wrong-key']) new WebSocket('${server.url}' + path);
    process.on('exit', (code) => console.log('exit', code));
  `;
  expect(await run('module', program)).toBe('exit 0\n');
});

test('a socket that was closed keeps no process alive', async () => {
  const program = `
    const { WebSocket } = require('@holdfast/node');
    const socket = new WebSocket('${server.url}/echo', [], { connectTimeoutMs: 60_000, closeTimeoutMs: 60_000 });
    socket.onopen = () => socket.send('hello');
    socket.onmessage = ({ data }) => console.log(data) ?? socket.close(1000);
    socket.onclose = ({ code }) => console.log(code);
  `;
  expect(await run('commonjs', program)).toBe('hello\n1000\n');
});

test('what a listener throws is an uncaught exception, and the next event comes', async () => {
  const program = `
    import { WebSocket } from '@holdfast/node';
    process.on('uncaughtException', (error) => console.log('uncaught', error.message));
    const socket = new WebSocket('${server.url}/push-close');
    socket.onmessage = ({ data }) => { throw new Error(data); };
    socket.onclose = ({ code }) => console.log(code);
  `;
  expect(await run('module', program)).toBe('uncaught a\nuncaught b\n1000\n');
});
