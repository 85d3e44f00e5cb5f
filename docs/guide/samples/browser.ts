import { connect } from 'holdfast';

const client = connect('wss://example.org/live', {
  // A browser cannot send a ping: a dead line is found by a message
  // that your server answers.
  heartbeat: {
    probe: {
      message: '{"type":"probe"}',
      isReply: (message) => message === '{"type":"probe-reply"}',
    },
  },
});

client.on('open', () => console.log('connected'));
client.on('message', ({ data }) => console.log('received', data));
client.on('disconnected', ({ code }) => console.log('lost', code));
client.on('waiting', ({ delayMs }) => console.log('again in', delayMs));

client.send('hello');
