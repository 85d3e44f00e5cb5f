// #region connect
import { connect } from 'holdfast';
import { deliver, delivery } from 'holdfast/delivery';

const client = connect(process.argv[2] ?? 'ws://localhost:8080/', { delivery: delivery() });

client.on('message', ({ data }) => console.log('received', data));
client.on('dropped', ({ message, cause }) => console.log('perhaps lost', message, cause));
client.on('open', ({ attempt, resumed }) => console.log('open', attempt, resumed));
client.send('hello'); // arrives once, over this line or over a later one
// #endregion connect

// #region deliver
await deliver(client, 'a payment'); // the server has it
console.log('delivered');
// #endregion deliver

await client.close(); // waits until all is acknowledged
