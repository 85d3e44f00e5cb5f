import {
  abnormal,
  type Client,
  type Connector,
  createClient,
  type Message,
  type Outgoing,
  type ResolvedOptions,
  resolveOptions,
  type UrlSource,
} from '@holdfast/core/adapter';
import { dialServer } from './dial/client-dial.ts';
import { createMaskingKeys } from './masking-keys.ts';
import { type ConnectOptions, checkNodeOptions, nodeDefaults } from './options.ts';
import { platformClock } from './platform-clock.ts';
import { ReadPauses } from './read-pauses.ts';
import { SocketLink } from './socket-link.ts';

/**
 * A client of this URL over a socket of our own. Returns at once, and never throws for a network reason: a wrong URL or
 * option throws a HoldfastError.
 */
export function connect<In = Message, Out extends Outgoing = Outgoing>(
  url: UrlSource,
  options: ConnectOptions<In, Out> = {},
): Client<In, Out> {
  const resolved = resolveOptions<In, Out, typeof nodeDefaults>(options, nodeDefaults);
  checkNodeOptions(options);
  const pauses = new ReadPauses();
  const client = createClient(url, resolved, {
    clock: platformClock,
    random: Math.random,
    connector: nodeConnector(resolved, pauses),
    canPing: true,
    isPaused: () => pauses.isPaused,
  });
  const iterate = client[Symbol.asyncIterator];
  return Object.assign(client, { [Symbol.asyncIterator]: () => pauses.iterate(client, iterate()) });
}

function nodeConnector<In, Out>(
  options: ResolvedOptions<In, Out> & typeof nodeDefaults,
  pauses: ReadPauses,
): Connector {
  const { origin, closeTimeoutMs, maxMessageBytes } = options;
  const clock = platformClock;
  const createMaskingKey = createMaskingKeys();
  const headers = { ...options.headers, ...(origin !== undefined && { Origin: origin }) };
  const dialOptions = { ...options, clock, headers, tls: options.tls ?? {} };

  return (request, handler) => {
    let abandon = dialServer(request, dialOptions, {
      onFail: (error) => handler.onEnd(abnormal(error)),
      onOpen(socket, protocol, rest) {
        const link = new SocketLink(socket, handler, {
          clock,
          protocol,
          // Half, so that the end of TCP is given up before the client gives up the closing handshake.
          endTimeoutMs: closeTimeoutMs / 2,
          wire: {
            role: 'client',
            createMaskingKey,
            maxMessageBytes,
            maxFrameBytes: Math.min(options.maxFrameBytes, maxMessageBytes),
          },
        });
        abandon = () => link.abandon();
        pauses.attach(link);
        handler.onOpen(link);
        link.receive(rest);
      },
    });
    return () => abandon();
  };
}
