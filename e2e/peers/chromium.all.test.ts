import { chromium } from './chromium.ts';
import { describePeer } from './describe-peer.ts';

describePeer(chromium);
