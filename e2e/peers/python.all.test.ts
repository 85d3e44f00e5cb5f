import { describePeer } from './describe-peer.ts';
import { python } from './python.ts';

describePeer(python('server'));
describePeer(python('client'));
