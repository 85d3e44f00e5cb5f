import { ReadPauses } from '@holdfast/core/adapter';
import { streamConnector } from './stream-link.ts';
import { findWebSocketStream } from './web-socket-stream.ts';
import type { Transport } from './transport.ts';

/**
 * Links over the browser's WebSocketStream, for the option `transport` of one client: a slow reader of its iterator or its
 * streams then slows the server down, as in Node. `undefined`, which is the native WebSocket, where the browser has none.
 */
export function streamTransport(): Transport | undefined {
  const Stream = findWebSocketStream();
  if (!Stream) return undefined;
  const pauses = new ReadPauses();
  return {
    isPaused: () => pauses.isPaused,
    connector: (maxMessageBytes, diagnosisUrl) =>
      streamConnector(Stream, maxMessageBytes, diagnosisUrl, (link) => pauses.attach(link)),
    follow: (client) => pauses.follow(client),
  };
}
