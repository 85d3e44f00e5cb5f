import { connect } from 'holdfast';
import { call, createRpc, defineApi, isRpcMessage } from 'holdfast/rpc';
import { number, object, string } from 'valibot';
import { serverApi } from './rpc-api.ts';

const show = (text: string | Uint8Array) => console.log('not a call:', text);

const client = connect('wss://example.org/live');
const rpc = createRpc(client, serverApi, { timeoutMs: 5000 });

// #region signal
const controller = new AbortController();
const user = rpc.call('user', { id: '1' }, { signal: controller.signal });
controller.abort(new Error('the page was left')); // `user` rejects with it
// #endregion signal

// #region plain
client.on('message', ({ data }) => {
  if (!isRpcMessage(data)) show(data);
});
// #endregion plain

// #region bare
const bareApi = defineApi({
  add: call<{ a: number; b: number }, number>(),
  user: call<{ id: string }, { name: string }, { 'not-found': { id: string } }>({ retry: true }),
});
// #endregion bare

// #region valibot
const valibotApi = defineApi({
  area: call(object({ width: number(), height: number() }), number()),
  greet: call(string(), string()),
});
// #endregion valibot

await user.catch((error: Error) => console.log('rejected:', error.message));
console.log(Object.keys(bareApi), Object.keys(valibotApi));
