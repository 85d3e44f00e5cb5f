// One server, in a process of its own, which tells after each order what it holds: `server-process.ts NAME`.
import { messageOf } from '../flow/workload.ts';
import { answerOrders } from '../orders.ts';
import { servers } from '../server/servers/all.ts';
import { serverWorkload } from '../server/work.ts';
import { usedBytes } from './used-bytes.ts';

const message = messageOf(serverWorkload) as Uint8Array;
const server = await servers[process.argv[2]!]!({ mode: 'echo', message, onQuestion: () => {} });
answerOrders({ port: server.port }, usedBytes);
