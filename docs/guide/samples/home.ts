import { connect } from 'holdfast';

const client = connect('wss://example.org/live');

client.on('message', ({ data }) => console.log(data));
client.on('waiting', ({ delayMs }) => console.log('again in', delayMs, 'ms'));
client.on('dropped', ({ message }) => console.log('given up', message));

client.send('hello'); // 'sent', or 'queued' until there is a line
