import { describePeer } from './describe-peer.ts';
import { ws } from './ws.ts';

describePeer(ws('server'));
describePeer(ws('client'));
