import {
  abnormal,
  type Connector,
  HoldfastError,
  type LinkHandler,
  lost,
  type ReadPauses,
} from '@holdfast/core/adapter';
import { DeflateCodec } from './deflate/deflate-codec.ts';
import { dialServer } from './dial/client-dial.ts';
import type { Headers } from './dial/options.ts';
import { type LineWatcher, watchLine } from './dial/watch-line.ts';
import { checkHeaders } from './handshake/client-handshake.ts';
import { nextMaskingKey } from './masking-keys.ts';
import { type ResolvedNodeOptions, wireOptions } from './options.ts';
import { platformClock } from './platform-clock.ts';
import { SocketLink } from './socket-link.ts';

const clientRole = { role: 'client', createMaskingKey: nextMaskingKey } as const;

/**
 * Dials by sockets of our own; `pauses` follow to each link before the client is told of it, and `watch` is asked who watches
 * its line.
 */
export function nodeConnector<In, Out>(
  options: ResolvedNodeOptions<In, Out>,
  pauses?: ReadPauses,
  watch?: () => LineWatcher,
): Connector {
  const { headers, origin, closeTimeoutMs, maxMessageBytes, limits, compression } = options;
  const clock = platformClock;
  const tls = options.tls ?? {};
  const dialOptions = {
    limits,
    clock,
    compression,
    tls,
    origin,
    route: options.route,
    followRedirects: options.followRedirects,
  };

  const dial = (url: string, protocols: readonly string[], handler: LinkHandler, given: Headers = {}) => {
    let abandon = dialServer(
      { url, protocols },
      { ...dialOptions, headers: given },
      {
        onFail: (error) => handler.onEnd(abnormal(error)),
        onOpen({ socket, protocol, deflate, rest, memory }) {
          if (watch) watchLine(socket, rest, watch());
          const codec = deflate && new DeflateCodec('client', deflate);
          const link = new SocketLink(socket, handler, {
            clock,
            protocol,
            memory,
            extensions: deflate?.text ?? '',
            // Half, so that the end of TCP is given up before the client gives up the closing handshake.
            endTimeoutMs: closeTimeoutMs / 2,
            wire: Object.assign(wireOptions(limits, maxMessageBytes, codec), clientRole),
            ...(codec && { onEnd: () => codec.close() }),
          });
          abandon = () => link.abandon();
          pauses?.attach(link);
          handler.onOpen(link);
          link.receive(rest);
        },
      },
    );
    return () => abandon();
  };

  if (typeof headers !== 'function') return (url, protocols, handler) => dial(url, protocols, handler, headers);
  return (url, protocols, handler) => {
    let abandon: (() => void) | undefined;
    let isOver = false;
    const begin = async () => {
      try {
        // In a later turn, also where it throws at once.
        const given = await Promise.resolve().then(headers);
        checkHeaders(given);
        if (!isOver) abandon = dial(url, protocols, handler, given);
      } catch (cause) {
        handler.onEnd(cause instanceof HoldfastError ? abnormal(cause) : lost('dial-failed', 'headers', cause));
      }
    };
    void begin();
    return () => {
      isOver = true;
      abandon?.();
    };
  };
}
