import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { DemoMember } from './demo-member.ts';
import { StartProcess } from './start-process.ts';

const started: StartProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((start) => start.stop()));
});

function run(...args: string[]): StartProcess {
  const start = new StartProcess(args.length > 0 ? args : undefined);
  started.push(start);
  return start;
}

async function open(start: StartProcess): Promise<{ demo: string; pid: number; site: string }> {
  const [, port, pid] = await start.line(/demo server: port (\d+), on holdfast, process (\d+)/);
  const [site] = await start.line(/http:\/\/localhost:\d+/);
  return { demo: `ws://localhost:${port}`, pid: Number(pid), site };
}

test('it serves the site with a policy that keeps pages from asking anybody else, and tells the demo port', async () => {
  const { demo, site } = await open(run());
  const page = await fetch(`${site}/playground`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect((await fetch(`${site}/no-such-page`)).status).toBe(404);
  const told = await fetch(`${site}/demo-server.json`);
  expect(told.headers.get('cache-control')).toBe('no-store');
  expect(await told.json()).toEqual({
    port: Number(new URL(demo).port),
    linePort: expect.any(Number),
    others: [],
    delivers: true,
  });
});

test('a typed line stops the demo server, and starts it again on the same port', async () => {
  const start = run();
  const { demo } = await open(start);
  const before = await DemoMember.open(`${demo}/echo`);
  start.type('demo');
  await start.line(/demo server stopped/);
  expect((await before.closed).code).toBe(1001);
  expect((await new DemoMember(`${demo}/echo`).closed).code).toBe(1006);

  start.type('demo');
  await start.line(/demo server started/);
  const after = await DemoMember.open(`${demo}/echo`);
  after.socket.close();
  expect((await after.closed).code).toBe(1005);
});

test('a killed demo server is told of, and the site stays', async () => {
  const start = run();
  const { pid, site, demo } = await open(start);
  process.kill(pid, 'SIGKILL');
  await start.line(/demo server died \(SIGKILL\)/);
  expect((await fetch(site)).status).toBe(200);
  start.type('demo');
  await start.line(/demo server started/);
  await DemoMember.open(`${demo}/echo`);
});

test('a frozen demo server is silent until it goes on', async () => {
  const start = run();
  const { demo } = await open(start);
  const member = await DemoMember.open(`${demo}/echo`);
  start.type('freeze');
  await start.line(/demo server frozen/);
  member.socket.send('are you there');
  start.type('freeze');
  await start.line(/demo server goes on/);
  expect((await member.next()).data.toString()).toBe('are you there');
});

test('an unknown command is answered with the ones there are, and the end of input ends nothing', async () => {
  const start = run();
  const { site } = await open(start);
  start.type('dmeo');
  await start.line(/no command "dmeo"; there are demo and freeze/);
  start.endInput();
  expect((await fetch(site)).status).toBe(200);
});

test('a port in use is passed over for the next free one, and that is said', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const start = run('--port', String(port), '--demo-port', String(port));
  await start.line(new RegExp(`demo server: port ${port} is in use, so port \\d+`));
  await start.line(new RegExp(`site: port ${port} is in use, so port \\d+`));
  other.close();
});

test('a port that is none is refused with what is allowed', async () => {
  const start = run('--port', '65536');
  await start.line(/--port is "65536"; it must be a number from 0 to 65535/);
});

test.each(['running', 'frozen'])('Ctrl-C ends all, also a demo server that is %s', async (how) => {
  const start = run();
  const { pid, site } = await open(start);
  if (how === 'frozen') {
    start.type('freeze');
    await start.line(/demo server frozen/);
  }
  expect(await start.stop()).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(fetch(site)).rejects.toThrow('fetch failed');
});
