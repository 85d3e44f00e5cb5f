import { connect } from 'holdfast';

const freshTicket = async () => 'ticket-1';

const client = connect(async () => `wss://example.org/live?ticket=${await freshTicket()}`, {
  protocols: 'chat.v1',
  reconnect: { maxDelayMs: 10_000, stableAfterMs: 5_000 },
  outbox: { maxMessages: 100, whenFull: 'drop-newest' },
});

client.on('open', ({ attempt }) => console.log('open', attempt));
client.on('message', ({ data }) => console.log('received', data));
client.on('disconnected', ({ code }) => console.log('lost', code));
client.on('dropped', ({ message }) => console.log('the queue was full', message));

client.send('hello');
