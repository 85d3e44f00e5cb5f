import { createTestKit } from 'holdfast/testing';
import { expect, test } from 'vitest';
import { startChat } from './chat.js';

function start(options) {
  const kit = createTestKit(options);
  const shown = [];
  const chat = startChat((text) => shown.push(text), kit.connect);
  return { ...kit, shown, chat };
}

test('a chat comes back after its line was cut', async () => {
  const { server, clock, shown, chat } = start();
  const first = await server.connection();
  expect(first.dial.headers).toEqual({ authorization: 'Bearer secret' });
  first.send('hello');
  await clock.settle();
  first.cut();
  await clock.advance(500);
  chat.send('still there?');
  expect(await (await server.connection()).message()).toBe('still there?');
  expect(shown).toEqual(['online', 'hello', 'offline: connection-lost, 0 uncertain', 'online']);
});

test('a chat that is refused ends', async () => {
  const { server, clock, shown } = start();
  server.refuseNext({ status: 401 });
  await clock.advance(60_000);
  expect(shown).toEqual(['offline: http-status, 0 uncertain', 'closed: 401']);
});

test('a page is told less', async () => {
  const { server, clock, shown, chat } = start({ platform: 'web' });
  server.refuseNext({ status: 401 });
  await clock.settle();
  void chat.close();
  await clock.settle();
  expect(shown).toEqual(['offline: dial-failed, 0 uncertain', 'closed: by us']);
});
