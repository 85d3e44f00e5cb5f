// #region kit
import { createTestKit } from 'holdfast/testing';

const { connect, server, clock } = createTestKit();
// #endregion kit

const client = connect('wss://example.org/live');
const connection = await server.connection();
connection.send('from memory');
client.on('message', ({ data }) => console.log(data, clock.now()));
await clock.settle();
