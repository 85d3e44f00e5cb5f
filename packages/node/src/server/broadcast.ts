import type { EncodedMessage } from '@holdfast/core';
import { checkOutgoing, fillOptions, type Outgoing } from '@holdfast/core/adapter';
import { type LinkSendOptions, sendDefaults } from '../socket-link.ts';
import type { Connection } from './connection.ts';
import { ServerConnection } from './server-connection.ts';

/**
 * Sends one message to many connections, encoded and compressed once for all whose window is not kept from message to
 * message; answers how many took it. Throws `invalid-message`, `lone-surrogate`, `unknown-option` or `invalid-option`.
 */
export function broadcast(
  connections: Iterable<Pick<Connection, 'send'>>,
  message: Outgoing,
  options?: LinkSendOptions,
): number {
  checkOutgoing(message);
  const how = fillOptions(options, sendDefaults, 'broadcast') as Required<LinkSendOptions>;
  const encoded = new Map<string, EncodedMessage>();
  let sent = 0;
  for (const connection of connections) {
    const answer =
      connection instanceof ServerConnection
        ? connection.sendShared(message, how, encoded)
        : connection.send(message, options);
    if (answer !== 'closed') sent++;
  }
  return sent;
}
