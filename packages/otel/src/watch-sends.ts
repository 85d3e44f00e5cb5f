import type { AbortSignalLike, Client, SendOptions } from '@holdfast/core/adapter';

/** Who hears of what an app sends. */
export interface SendHandler<Out> {
  /** `send` took it: it was handed over, or it waits. */
  onSent(message: Out): void;
  /** One more waits for a line, or one less. */
  onWaiting(change: 1 | -1): void;
}

/**
 * Tells what goes through `client.send`, which is replaced by one that does the same; the answer puts the old one back, where
 * nobody else has replaced it since.
 */
export function watchSends<In, Out>(client: Client<In, Out>, handler: SendHandler<Out>): () => void {
  const { send } = client;
  let isOn = true;
  const watched: typeof send = (message, options) => {
    if (!isOn) return send.call(client, message, options);
    const answer = send.call(client, message, waitingOptions(options, handler));
    handler.onSent(message);
    return answer;
  };
  client.send = watched;
  return () => {
    isOn = false;
    if (client.send === watched) client.send = send;
  };
}

/** The same options, with a signal that tells how long the message waits. */
function waitingOptions(options: SendOptions | undefined, { onWaiting }: SendHandler<never>): SendOptions | undefined {
  const own = options?.signal;
  // What is no signal, the client is to say.
  const isSignal = own === undefined || typeof own?.addEventListener === 'function';
  return isSignal ? { ...options, signal: new WaitingSignal(own, onWaiting) } : options;
}

/** A signal is listened to for as long as its message waits, and no longer: so this one knows. */
class WaitingSignal implements AbortSignalLike {
  readonly #own: AbortSignalLike | undefined;
  readonly #onWaiting: (change: 1 | -1) => void;

  constructor(own: AbortSignalLike | undefined, onWaiting: (change: 1 | -1) => void) {
    this.#own = own;
    this.#onWaiting = onWaiting;
  }

  get aborted(): boolean {
    return this.#own?.aborted ?? false;
  }

  get reason(): unknown {
    return this.#own?.reason;
  }

  addEventListener(type: 'abort', listener: () => void): void {
    this.#onWaiting(1);
    this.#own?.addEventListener(type, listener);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    this.#onWaiting(-1);
    this.#own?.removeEventListener(type, listener);
  }
}
