import { WebSocket as PartySocket } from 'partysocket';
import { WebSocket } from 'ws';
import type { StartClient } from './client-end.ts';
import { listenTo } from './listen-to.ts';
import { redial } from './redial.ts';

/** partysocket's WebSocket, over `ws` on Node. */
export const startPartySocket: StartClient = (url, listener, { isWeb }) =>
  listenTo(
    new PartySocket(url, [], {
      minReconnectionDelay: redial.minDelayMs,
      maxReconnectionDelay: redial.maxDelayMs,
      ...(!isWeb && { WebSocket }),
    }),
    listener,
  );
