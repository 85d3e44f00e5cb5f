import type { Client } from './client.ts';

/** A client as Web Streams: what arrives, and what is sent. */
export interface ClientStreams<In, Out> {
  readonly readable: ReadableStream<In>;
  readonly writable: WritableStream<Out>;
}

/**
 * The messages of a client, and the way to send, as Web Streams that go at the pace of the slower side: `readable` has the
 * messages from this call on, one at a time as they are asked for; a write to `writable` is done when `bufferedBytes` is
 * below the mark. Across broken lines both go on. `readable` ends when the client is closed, or fails with what it was
 * closed by; closing `writable`, or its abort, closes the client, while cancelling `readable` only ends the reading.
 */
export function toStreams<In, Out>(client: Client<In, Out>): ClientStreams<In, Out> {
  const messages = client[Symbol.asyncIterator]();
  const close = async () => {
    await client.close();
  };
  return {
    readable: new ReadableStream<In>(
      {
        async pull(controller) {
          const { done, value } = await messages.next();
          if (!done) controller.enqueue(value);
          else if (client.state.name === 'closed' && client.state.error) throw client.state.error;
          else controller.close();
        },
        async cancel() {
          await messages.return(undefined);
        },
      },
      { highWaterMark: 0 },
    ),
    writable: new WritableStream<Out>({
      async write(message) {
        client.send(message);
        await client.drained();
      },
      close,
      abort: close,
    }),
  };
}
