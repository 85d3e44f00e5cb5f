import { abnormal, type Connector } from '@holdfast/core/adapter';
import { dialServer } from './dial/client-dial.ts';
import { createMaskingKeys } from './masking-keys.ts';
import { type ResolvedNodeOptions, wireLimits } from './options.ts';
import { platformClock } from './platform-clock.ts';
import { SocketLink } from './socket-link.ts';

/** Dials by sockets of our own; `onLink` is told of each link before the client is. */
export function nodeConnector<In, Out>(
  options: ResolvedNodeOptions<In, Out>,
  onLink: (link: SocketLink) => void = () => {},
): Connector {
  const { origin, closeTimeoutMs, maxMessageBytes, limits } = options;
  const clock = platformClock;
  const createMaskingKey = createMaskingKeys();
  const headers = { ...options.headers, ...(origin !== undefined && { Origin: origin }) };
  const dialOptions = { ...limits, clock, headers, tls: options.tls ?? {} };

  return (url, protocols, handler) => {
    let abandon = dialServer({ url, protocols }, dialOptions, {
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
            ...wireLimits(limits, maxMessageBytes),
          },
        });
        abandon = () => link.abandon();
        onLink(link);
        handler.onOpen(link);
        link.receive(rest);
      },
    });
    return () => abandon();
  };
}
