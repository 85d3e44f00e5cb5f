import { chromium } from './chromium.ts';
import { describePeer } from './describe-peer.ts';

await describePeer(chromium);
