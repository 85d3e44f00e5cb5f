import { encodeMessage } from '@holdfast/core';
import { checkOutgoing, type Outgoing } from '@holdfast/core/adapter';
import type { LinkSendOptions } from '../socket-link.ts';
import type { Connection } from './connection.ts';
import { ServerConnection } from './server-connection.ts';

/**
 * Sends one message to many connections, encoded once for all that do not compress it; answers how many took it. Throws
 * `invalid-message` or `lone-surrogate`.
 */
export function broadcast(
  connections: Iterable<Pick<Connection, 'send'>>,
  message: Outgoing,
  options?: LinkSendOptions,
): number {
  checkOutgoing(message);
  const encoded = encodeMessage(message);
  const isPlain = options?.compress === false;
  let sent = 0;
  for (const connection of connections) {
    const takesEncoded = connection instanceof ServerConnection && (isPlain || connection.extensions === '');
    const answer = takesEncoded ? connection.sendEncoded(encoded) : connection.send(message, options);
    if (answer === 'sent') sent++;
  }
  return sent;
}
