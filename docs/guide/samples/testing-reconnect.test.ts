import { connect } from 'holdfast';
import { createTestKit } from 'holdfast/testing';
import { expect, test } from 'vitest';

// The app: it takes a `connect`, and uses the real one where it is given no other.
function startTicker(show: (text: string) => void, connectTo: typeof connect = connect) {
  const client = connectTo('wss://example.org/prices');
  client.on('open', () => client.send('subscribe'));
  client.on('message', ({ data }) => show(String(data)));
  client.on('waiting', ({ delayMs }) => show(`offline, next try in ${delayMs} ms`));
  return client;
}

test('a ticker that lost its line comes back, and subscribes again', async () => {
  const { connect: connectInMemory, server, clock } = createTestKit();
  const shown: string[] = [];
  const ticker = startTicker((text) => shown.push(text), connectInMemory);

  const first = await server.connection();
  expect(await first.message()).toBe('subscribe');
  first.send('EUR 1.17');
  await clock.settle(); // lets the price arrive: a cut loses what is on its way
  first.cut();
  expect(shown).toEqual(['EUR 1.17', 'offline, next try in 500 ms']);

  await clock.advance(500);
  const second = await server.connection();
  expect(await second.message()).toBe('subscribe');

  void ticker.close();
  expect(await second.ended()).toMatchObject({ code: 1000, wasClean: true });
  expect(clock.pendingTimers).toBe(0); // nothing is left behind
});
