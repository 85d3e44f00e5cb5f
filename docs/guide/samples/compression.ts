// #region client
import { connect } from '@holdfast/node';

const client = connect('ws://localhost:8080'); // offers it
await client.once('open');
console.log(client.extensions); // permessage-deflate
client.send(JSON.stringify({ type: 'trade', price: '30000.00' }));
client.send('a secret', { compress: false });
// #endregion client

// #region small
const small = connect('ws://localhost:8080', {
  compression: { clientMaxWindowBits: 10, serverMaxWindowBits: 10 },
});
// #endregion small
await small.close();
