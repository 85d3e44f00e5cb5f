// A server of ours, in a process of its own, which also counts what goes over its sockets: `server-process.ts ROLE`.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Connection, serve } from '@holdfast/node/server';
import { nextTurn } from '../flow/contenders/kind.ts';
import { messageOf } from '../flow/workload.ts';
import { answerOrders } from '../orders.ts';
import type { DeliveryRole } from './work.ts';

/** Tells how many messages the next round has; what is answered is how many bytes went both ways up to now. */
export interface ServerOrder {
  readonly count: number;
}

const { kind, size, isText, hasDelivery } = JSON.parse(process.argv[2]!) as DeliveryRole;
const message = messageOf({ kind: 'echo', size, isText });
/** So many go out in one turn. */
const turnMessages = 256;
let roundCount = 0;
let arrived = 0;
let socket: Socket | undefined;

const http = createServer().listen(0, '127.0.0.1');
http.on('connection', (opened) => (socket = opened));
await serve({ server: http, delivery: hasDelivery }, (connection) => {
  connection.on('message', ({ data }) => {
    if (kind === 'receive') void flood(connection);
    else if (kind === 'send' && ++arrived === roundCount) connection.send('done');
    // With delivery, the acknowledgement says it.
    else if (kind === 'trip' && !hasDelivery) connection.send(data);
  });
});
if (!http.listening) await once(http, 'listening');
answerOrders({ port: (http.address() as AddressInfo).port }, ({ count }: ServerOrder) => {
  roundCount = count;
  arrived = 0;
  return { bytes: socket ? socket.bytesRead + socket.bytesWritten : 0 };
});

async function flood(connection: Connection): Promise<void> {
  for (let left = roundCount; left > 0; left -= turnMessages) {
    for (let now = Math.min(left, turnMessages); now > 0; now--) connection.send(message);
    await connection.drained();
    await nextTurn();
  }
}
