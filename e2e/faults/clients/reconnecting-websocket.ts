import ReconnectingWebSocket from 'reconnecting-websocket';
import { WebSocket } from 'ws';
import type { StartClient } from './client-end.ts';
import { listenTo } from './listen-to.ts';
import { redial } from './redial.ts';

/** reconnecting-websocket, over `ws` on Node. */
export const startReconnectingWebSocket: StartClient = (url, listener, { isWeb }) =>
  listenTo(
    new ReconnectingWebSocket(url, [], {
      minReconnectionDelay: redial.minDelayMs,
      maxReconnectionDelay: redial.maxDelayMs,
      ...(!isWeb && { WebSocket }),
    }),
    listener,
  );
