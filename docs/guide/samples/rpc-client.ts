import { connect } from 'holdfast';
import { createRpc, isCallError, serveRpc } from 'holdfast/rpc';
import { clientApi, serverApi } from './rpc-api.ts';

// #region create
const client = connect(process.argv[2] ?? 'ws://localhost:8080/');
const rpc = createRpc(client, serverApi);
// #endregion create

// #region call
console.log(await rpc.call('add', { a: 1, b: 2 })); // 3
// #endregion call

// #region errors
try {
  const { name } = await rpc.call('user', { id: '2' }, { timeoutMs: 5000 });
  console.log(name);
} catch (error) {
  if (isCallError(error, serverApi.user, 'not-found')) console.log('nobody is', error.data.id);
  else throw error;
}
// #endregion errors

// #region stream
for await (const n of rpc.stream('ticks', { everyMs: 10 })) {
  console.log('tick', n);
  if (n === 3) break; // the generator at the server ends, too
}
// #endregion stream

// #region back
serveRpc(client, clientApi, {
  confirm(question) {
    console.log(question);
    return true;
  },
});
console.log(await rpc.call('publish', 'hello'));
// #endregion back

await client.close();
