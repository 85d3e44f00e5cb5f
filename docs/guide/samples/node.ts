import { connect } from 'holdfast';

const client = connect('wss://example.org/live');

for await (const message of client) {
  console.log(message);
  if (message === 'enough') await client.close(1000, 'thank you');
}
