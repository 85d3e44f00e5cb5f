import { describePeer } from './describe-peer.ts';
import { python } from './python.ts';

await describePeer(python('server'));
await describePeer(python('client'));
