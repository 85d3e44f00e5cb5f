// The chat room as a program: `npx tsx docs/systems/chat/main.ts --port 8080`, `--redis redis://localhost` to share it, `--ws` on ws.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { redisStore } from '@holdfast/node/server';
import { serveHere } from './on-holdfast.ts';
import { serveOnWs } from './on-ws.ts';
import { localRoom } from './local-room.ts';
import { openRedis, redisRoom } from './redis-room.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    redis: { type: 'string' },
    ws: { type: 'boolean', default: false },
  },
});
const place = { port: Number(values.port), host: values.host };
const redis = values.redis === undefined ? undefined : await openRedis(values.redis);
const room = redis ? await redisRoom(redis) : localRoom();
const store = redis && redisStore((args) => redis.sendCommand(args), { prefix: 'chat-delivery' });

const server = values.ws ? await serveOnWs(place, room) : await serveHere(place, room, store);
console.log(`chat: ws://${place.host}:${server.port}/?name=Ada`);
// Started by another process: it learns the port.
process.send?.({ port: server.port });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
