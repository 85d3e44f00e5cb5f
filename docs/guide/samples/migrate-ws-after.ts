import { connect } from '@holdfast/node';

const client = connect('wss://example.org/live', { headers: { Authorization: 'Bearer ...' } });

client.on('message', ({ data }) => console.log('received', data));
client.send('hello');
