import type { Transport } from '@holdfast/web';

/** The same transport, that tells of each ping of its links. */
export function watchPings(transport: Transport, onPing: () => void): Transport {
  return {
    ...transport,
    connector: (...limits) => {
      const dial = transport.connector(...limits);
      return (url, protocols, handler) =>
        dial(url, protocols, {
          ...handler,
          onOpen(link) {
            const ping = link.ping?.bind(link);
            if (ping) {
              link.ping = () => {
                onPing();
                ping();
              };
            }
            handler.onOpen(link);
          },
        });
    },
    follow: (client) => transport.follow(client),
  };
}
