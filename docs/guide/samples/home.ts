import { connect } from 'holdfast';

const client = connect('wss://example.org/live');

client.on('message', ({ data }) => console.log(data));
client.on('waiting', ({ attempt, delayMs }) => console.log(`attempt ${attempt} in ${delayMs} ms`));
client.on('dropped', ({ message, cause }) => console.warn('not delivered', message, cause));

client.send('hello'); // 'sent', or 'queued' until there is a connection
