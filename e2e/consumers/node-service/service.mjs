// An ES module service: what a stranger writes after `npm install holdfast`.
import { CloseCode, encodeFrame, FrameDecoder, Opcode } from '@holdfast/core';
import { HoldfastError as ErrorOfNode } from '@holdfast/node';
import { serve } from '@holdfast/node/server';
import { connect, HoldfastError } from 'holdfast';

const client = connect(process.argv[2], { reconnect: false });
client.send('hello');
client.send(new Uint8Array([1, 2, 3]));

const received = [];
for await (const message of client) {
  received.push(typeof message === 'string' ? message : [...message]);
  if (received.length === 2) void client.close(CloseCode.Normal, 'done');
}

let thrown;
try {
  client.send('too late');
} catch (error) {
  thrown = error instanceof HoldfastError ? error.code : String(error);
}

const frame = {
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  opcode: Opcode.Text,
  payload: new Uint8Array([72, 105]),
};
const [decoded] = new FrameDecoder({ role: 'client', maxFrameBytes: 100 }).push(encodeFrame(frame));

const server = await serve({ port: 0, host: '127.0.0.1', protocols: 'greeting' }, (connection) => {
  connection.on('message', ({ data }) => connection.send(`${connection.protocol}: ${String(data)}`));
});
const guest = connect(`ws://127.0.0.1:${server.port}/`, { protocols: 'greeting', reconnect: false });
guest.send('hello');
const served = (await guest.once('message')).data;
const [told] = await Promise.all([guest.once('closed'), server.close()]);

console.log(
  JSON.stringify({
    received,
    thrown,
    state: client.state.name,
    oneErrorClass: HoldfastError === ErrorOfNode,
    served,
    guestClosed: told.code,
    frame: new TextDecoder().decode(decoded.payload),
  }),
);
