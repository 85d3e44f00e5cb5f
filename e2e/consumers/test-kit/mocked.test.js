import { expect, test, vi } from 'vitest';
import { startChat } from './chat.js';

const kit = await vi.hoisted(async () => (await import('holdfast/testing')).createTestKit());
vi.mock('holdfast', async (importOriginal) => ({ ...(await importOriginal()), connect: kit.connect }));

test('a chat that imports connect by itself finds a line that stalls', async () => {
  const shown = [];
  const chat = startChat((text) => shown.push(text));
  (await kit.server.connection()).stall();
  chat.send('lost?');
  await kit.clock.advance(30_000);
  expect(shown).toEqual(['online', 'offline: heartbeat-timeout, 1 uncertain']);
});
