import { describePeer } from './describe-peer.ts';
import { nginx } from './nginx.ts';

await describePeer(nginx('ws'));
await describePeer(nginx('wss'));
