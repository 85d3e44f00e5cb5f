import { bareSocket } from './flow/contenders/bare-socket.ts';
import { openMany, openOneByOne } from './flow/open-many.ts';
import { answerOrders } from './orders.ts';
const held: any[] = [];
answerOrders({}, async (o: any) => {
  const url = `ws://127.0.0.1:${o.port}/`;
  if (o.hold) held.push(...await openMany(o.hold, () => bareSocket.dial(url, {})));
  else if (o.drop) { await Promise.all(held.splice(0).map((s) => bareSocket.hangUp(s))); }
  else await openOneByOne(o.count, bareSocket, url);
  return {};
});
