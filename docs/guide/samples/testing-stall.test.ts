import { expect, test, vi } from 'vitest';
import { startChat } from './testing-stall-app.ts';

// The app imports `connect` by itself: the kit's takes the place of the real one.
const kit = await vi.hoisted(async () => (await import('holdfast/testing')).createTestKit());
vi.mock('holdfast', async (importOriginal) => ({ ...(await importOriginal<object>()), connect: kit.connect }));

test('a chat whose line goes silent finds out, says what may be lost, and comes back', async () => {
  const { server, clock } = kit;
  const shown: string[] = [];
  const chat = startChat((text) => shown.push(text));

  const connection = await server.connection();
  connection.stall(); // nothing passes any more, and nobody is told
  expect(chat.send('hello?')).toBe('sent');
  await clock.advance(14_999);
  expect(shown).toEqual(['online']);

  await clock.advance(1); // the ping of 10 s later is not answered within 5 s
  expect(shown).toEqual(['online', 'offline (heartbeat-timeout), 1 may be lost']);
  await clock.advance(500);
  expect(shown.at(-1)).toBe('online');
  expect(connection.received).toEqual([]);
});
