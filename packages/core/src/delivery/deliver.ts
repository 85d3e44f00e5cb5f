import { HoldfastError } from '../errors.ts';
import type { DropCause } from '../events/client-event.ts';
import type { SendOptions } from '../session/outbox.ts';

/** A client, or a connection of a server, with delivery. */
interface Sender<Out, Options> {
  send(message: Out, options?: Options): unknown;
}

/**
 * Sends a message and resolves when the peer has acknowledged it. Rejects with `not-delivered`, which names why it was
 * given up, and as `send` throws; with `invalid-option` where the client has no delivery.
 */
export function deliver<Out, Options extends SendOptions>(
  client: Sender<Out, Options>,
  message: NoInfer<Out>,
  options?: Omit<Options, 'receipt'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const receipt = (cause?: DropCause) => {
      if (cause === undefined) resolve();
      else reject(new HoldfastError('not-delivered', cause));
    };
    client.send(message, { ...options, receipt } as Options & SendOptions);
  });
}
