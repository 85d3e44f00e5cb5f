import { connect } from 'holdfast';

const client = connect('wss://example.org/live', {
  // Pings find a dead line by themselves here. What only Node knows stands under its name.
  node: { headers: { Authorization: 'Bearer ...' } },
});

client.on('disconnected', ({ error, willReconnect }) => console.log('lost', error?.message, willReconnect));
client.on('waiting', ({ attempt, delayMs }) => console.log('attempt', attempt, 'in', delayMs, 'ms'));
client.send('hello');

for await (const message of client) {
  console.log('received', message); // the socket is read as fast as this loop goes
  if (message === 'enough') await client.close(1000, 'thank you');
}
