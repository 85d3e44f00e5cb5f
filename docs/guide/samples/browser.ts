import { connect } from 'holdfast';

const client = connect('wss://example.org/live', {
  // A browser cannot send a ping, so a dead line is found by a message that your server answers.
  heartbeat: {
    probe: {
      message: '{"type":"probe"}',
      isReply: (message) => message === '{"type":"probe-reply"}',
    },
  },
});

client.on('open', () => console.log('connected'));
client.on('message', ({ data }) => console.log('received', data));
client.on('disconnected', ({ code, reason }) => console.log('lost', code, reason));
client.on('waiting', ({ attempt, delayMs }) => console.log(`attempt ${attempt} in ${delayMs} ms`));

client.send('hello');
