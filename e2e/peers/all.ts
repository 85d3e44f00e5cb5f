import { chromium } from './chromium.ts';
import { gorilla } from './gorilla.ts';
import { nginx } from './nginx.ts';
import type { Peer } from './peer.ts';
import { python } from './python.ts';
import { ws } from './ws.ts';

/** Every peer, the servers first. */
export const peers: readonly Peer[] = [
  ws('server'),
  nginx('ws'),
  nginx('wss'),
  gorilla('server'),
  python('server'),
  ws('client'),
  gorilla('client'),
  python('client'),
  chromium,
];
