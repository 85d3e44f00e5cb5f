import { connect } from 'holdfast';

const client = connect('wss://example.org/live', {
  heartbeat: {
    // A browser cannot ping: this message, which your server answers, finds a dead line.
    probe: { message: '{"type":"probe"}', isReply: (message) => message === '{"type":"probe-reply"}' },
  },
});

client.on('open', ({ attempt }) => console.log('connected, attempt', attempt));
client.on('message', ({ data }) => console.log('received', data));
client.on('disconnected', ({ code, uncertain }) => console.log('lost', code, uncertain));
client.on('dropped', ({ message, cause }) => console.log('given up', message, cause));
client.on('closed', ({ code, error }) => console.log('the end', code, error));

console.log(client.send('hello')); // 'queued' until there is a connection, then 'sent'
