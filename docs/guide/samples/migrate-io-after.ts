import { connect } from 'holdfast';
import { createRpc } from 'holdfast/rpc';
import { api } from './migrate-io-api.ts';

const client = connect('wss://example.org/live');
const rpc = createRpc(client, api, { timeoutMs: 5_000 });

async function listen() {
  for await (const { name, text } of rpc.stream('said', 'lobby')) console.log(name, text);
}

client.on('open', () => console.log('open'));
client.on('disconnected', ({ error }) => console.log('lost', error?.code));

void listen();
const count = await rpc.call('count', 'lobby');
console.log('members', count);
await rpc.call('say', 'hello');
