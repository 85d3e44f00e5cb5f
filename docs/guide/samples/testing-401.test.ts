import { connect } from 'holdfast';
import { createTestKit } from 'holdfast/testing';
import { expect, test } from 'vitest';

// The app: it is asked for its token at each dial, and who is refused all the same has to sign in.
function startInbox(
  tokenNow: () => Promise<string>,
  show: (text: string) => void,
  connectTo: typeof connect = connect,
) {
  const headers = async () => ({ Authorization: `Bearer ${await tokenNow()}` });
  const client = connectTo('wss://example.org/inbox', { node: { headers } });
  client.on('open', () => show('welcome'));
  client.on('disconnected', ({ willReconnect }) => willReconnect && show('one moment'));
  client.on('closed', ({ error }) => show(error?.status === 401 ? `sign in: ${error.body}` : 'goodbye'));
}

// Starts it with these tokens, one after the other, on a server that takes only a fresh one.
function startWith(tokens: string[], { connect: connectInMemory, server }: ReturnType<typeof createTestKit>) {
  const shown: string[] = [];
  server.mode = ({ headers }) =>
    headers?.authorization === 'Bearer fresh' ? 'accept' : { status: 401, body: 'your token has run out' };
  const tokenNow = async () => tokens.shift() ?? 'none';
  startInbox(tokenNow, (text) => shown.push(text), connectInMemory);
  return shown;
}

test('a token that has run out is replaced', async () => {
  const kit = createTestKit();
  const shown = startWith(['old', 'fresh'], kit);
  await kit.clock.advance(60_000);
  expect(shown).toEqual(['one moment', 'welcome']);
});

test('who has no token that is taken is asked to sign in', async () => {
  const kit = createTestKit();
  const shown = startWith(['old', 'older'], kit);
  await kit.clock.advance(60_000);
  expect(shown).toEqual(['one moment', 'sign in: your token has run out']);
});

test('a server that is overloaded is asked again when it said', async () => {
  const kit = createTestKit();
  kit.server.refuseNext({ status: 503, retryAfterSeconds: 20 });
  const shown = startWith(['fresh', 'fresh'], kit);
  await kit.clock.advance(19_999);
  expect(shown).toEqual(['one moment']);
  await kit.clock.advance(1);
  expect(shown).toEqual(['one moment', 'welcome']);
});
