import { connect } from 'holdfast';

const client = connect('wss://example.org/live');
const parts = ['one', 'two'];

// #region send
client.send('text');
client.send(new Uint8Array([1, 2, 3]));
// #endregion send

// #region pressure
for (const part of parts) {
  client.send(part);
  await client.drained();
}
// #endregion pressure

// #region state
client.on('waiting', () => {
  if (client.state.name === 'waiting') console.log(`offline, attempt ${client.state.attempt} is next`);
});
// #endregion state

// #region close
const { code, wasClean } = await client.close();
console.log(code, wasClean);
// #endregion close
