import { describePeer } from './describe-peer.ts';
import { ws } from './ws.ts';

await describePeer(ws('server'));
await describePeer(ws('client'));
