import { connect } from 'holdfast';

const client = connect('ws://localhost:8080/live');

client.on('open', ({ attempt }) => console.log('connected, attempt', attempt));
client.on('disconnected', ({ error }) => console.log('lost:', error?.message));
client.on('waiting', ({ delayMs }) => console.log('again in', Math.round(delayMs), 'ms'));

client.send('hello from a service');

for await (const message of client) console.log('received', message);
