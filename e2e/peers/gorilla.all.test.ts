import { describePeer } from './describe-peer.ts';
import { gorilla } from './gorilla.ts';

await describePeer(gorilla('server'));
await describePeer(gorilla('client'));
