import { describePeer } from './describe-peer.ts';
import { nginx } from './nginx.ts';

describePeer(nginx('ws'));
describePeer(nginx('wss'));
