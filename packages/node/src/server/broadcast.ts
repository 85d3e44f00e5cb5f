import type { EncodedMessage } from '@holdfast/core';
import { fillOptions, type Outgoing } from '@holdfast/core/adapter';
import { type LinkSendOptions, sendDefaults } from '../socket-link.ts';
import type { Connection } from './connection.ts';
import { encodeOutgoing } from './encode-outgoing.ts';
import { ServerConnection } from './server-connection.ts';

/** Who can be sent a message of this type. */
type Receiver<Out> = Pick<Connection<unknown, unknown, Out>, 'send'>;

/** What travels for a message, and the frames that were made of it so far. */
type Shared = readonly [encoded: Outgoing, frames: Map<string, EncodedMessage>];

/**
 * Sends one message to many connections, encoded and compressed once for all whose window is not kept from message to
 * message; answers how many took it. Throws `invalid-message`, `lone-surrogate`, `unknown-option` or `invalid-option`.
 */
export function broadcast<Out = Outgoing>(
  connections: Iterable<Receiver<Out>>,
  message: NoInfer<Out>,
  options?: LinkSendOptions,
): number {
  const how = fillOptions(options, sendDefaults, 'broadcast') as Required<LinkSendOptions>;
  const receivers = [...connections];
  const shared = new Map<unknown, Shared>();
  // A message that one of them could not send reaches none.
  for (const receiver of receivers) {
    if (receiver instanceof ServerConnection && !shared.has(receiver.codec)) {
      shared.set(receiver.codec, [encodeOutgoing(receiver.codec, message), new Map()]);
    }
  }
  let sent = 0;
  for (const receiver of receivers) {
    const answer =
      receiver instanceof ServerConnection
        ? receiver.sendShared(how, shared.get(receiver.codec) as Shared)
        : receiver.send(message, options);
    if (answer !== 'closed') sent++;
  }
  return sent;
}
