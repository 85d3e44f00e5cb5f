import { connect, toStreams } from 'holdfast';

const client = connect('wss://example.org/live');
const leaving = new AbortController();

// #region options
client.send('{"typing":true}', { ttlMs: 3_000 });
client.send('{"position":[3,4]}', { key: 'position' });
client.send('{"draft":"…"}', { signal: leaving.signal });
// #endregion options

// #region dropped
client.on('dropped', ({ message, cause }) => console.log('not sent:', message, cause));
client.on('disconnected', ({ uncertain }) => console.log(`${uncertain.messages} may not have arrived`));
// #endregion dropped

// #region iterate
for await (const message of client) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(message);
}
// #endregion iterate

const other = connect('wss://example.org/streams');
// #region streams
const { readable, writable } = toStreams(other);
await readable.pipeTo(writable); // an echo
// #endregion streams
