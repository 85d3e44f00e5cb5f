import { describePeer } from './describe-peer.ts';
import { gorilla } from './gorilla.ts';

describePeer(gorilla('server'));
describePeer(gorilla('client'));
