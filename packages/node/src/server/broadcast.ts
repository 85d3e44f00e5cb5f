import { encodeMessage } from '@holdfast/core';
import { checkOutgoing, type Outgoing } from '@holdfast/core/adapter';
import type { Connection } from './connection.ts';
import { ServerConnection } from './server-connection.ts';

/**
 * Sends one message to many connections, encoded once; answers how many took it. Throws `invalid-message` or
 * `lone-surrogate`.
 */
export function broadcast(connections: Iterable<Pick<Connection, 'send'>>, message: Outgoing): number {
  checkOutgoing(message);
  const encoded = encodeMessage(message);
  let sent = 0;
  for (const connection of connections) {
    const answer = connection instanceof ServerConnection ? connection.sendEncoded(encoded) : connection.send(message);
    if (answer === 'sent') sent++;
  }
  return sent;
}
