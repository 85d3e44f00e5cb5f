import {
  abnormal,
  type CloseOutcome,
  type Connector,
  HoldfastError,
  type Link,
  type LinkHandler,
  lost,
  type Outgoing,
  viewBytes,
} from '@holdfast/core/adapter';
import { diagnose } from './diagnose.ts';
import type { StreamConnection, WebSocketStream, WebSocketStreamClass } from './web-socket-stream.ts';

/** A Link over a WebSocketStream: it is read only as fast as its reader asks. */
export class StreamLink implements Link {
  readonly protocol: string;
  readonly extensions: string;
  readyState = 1;
  bufferedAmount = 0;
  readonly #stream: WebSocketStream;
  readonly #handler: LinkHandler;
  readonly #reader: ReadableStreamDefaultReader<string | ArrayBuffer | Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<string | BufferSource>;
  #goOn: (() => void) | undefined;
  #isPaused = false;

  constructor(
    stream: WebSocketStream,
    { protocol, extensions, readable, writable }: StreamConnection,
    handler: LinkHandler,
  ) {
    this.#stream = stream;
    this.protocol = protocol;
    this.extensions = extensions;
    this.#handler = handler;
    this.#reader = readable.getReader();
    this.#writer = writable.getWriter();
  }

  send(message: Outgoing): void {
    // A copy, which the app cannot change while it waits.
    const data = typeof message === 'string' ? message : new Uint8Array(viewBytes(message));
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
    this.bufferedAmount += bytes;
    const onWritten = () => {
      this.bufferedAmount -= bytes;
      this.#handler.onDrain();
    };
    // What could not be written ends the link, which is told by its end.
    this.#writer.write(data).then(onWritten, () => {});
  }

  close(closeCode: number, reason: string): void {
    this.readyState = 2;
    this.#stream.close({ closeCode, reason });
    // What the peer sent before its close frame has to be read.
    this.#goOn?.();
  }

  /** Stops the reading, and so in the end the peer's sending, or goes on with it. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (!isPaused) this.#goOn?.();
  }

  /** Reads to the end, and answers how it came. */
  async read(maxMessageBytes: number): Promise<CloseOutcome> {
    try {
      for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) {
        const message = typeof next.value === 'string' ? next.value : new Uint8Array(next.value);
        if (message.length > maxMessageBytes) return lost('message-too-large', `limit ${maxMessageBytes}`);
        this.#handler.onMessage(message);
        if (this.#isPaused && this.readyState === 1) {
          await new Promise<void>((resolve) => {
            this.#goOn = resolve;
          });
        }
      }
      const { closeCode = 1005, reason = '' } = await this.#stream.closed;
      return { code: closeCode, reason, wasClean: true };
    } catch (cause) {
      return lost('connection-lost', '', cause);
    }
  }

  /** Lets go: what still arrives is read by nobody. */
  abandon(): void {
    this.readyState = 3;
    this.#goOn?.();
    const ignore = () => {};
    this.#reader.cancel().catch(ignore);
    this.#writer.abort().catch(ignore);
  }
}

/** Dials by this class, and tells `onLink` of each link before the client is. */
export function streamConnector(
  Stream: WebSocketStreamClass,
  maxMessageBytes: number,
  diagnosisUrl: string,
  onLink: (link: StreamLink) => void,
): Connector {
  return (url, protocols, handler) => {
    const stream = new Stream(url, { protocols });
    // A dial that failed is told by `opened`.
    stream.closed.catch(() => {});
    let abandon = () => stream.close();
    const run = async () => {
      let link: StreamLink;
      try {
        const connection = await stream.opened;
        if (protocols.length > 0 && !connection.protocol) throw new HoldfastError('handshake-protocol');
        link = new StreamLink(stream, connection, handler);
      } catch (cause) {
        if (cause instanceof HoldfastError) {
          stream.close();
          return handler.onEnd(abnormal(cause));
        }
        return handler.onEnd(diagnosisUrl ? abnormal(await diagnose(diagnosisUrl)) : lost('dial-failed', '', cause));
      }
      abandon = () => link.abandon();
      onLink(link);
      handler.onOpen(link);
      const outcome = await link.read(maxMessageBytes);
      link.readyState = 3;
      handler.onEnd(outcome);
    };
    void run();
    return () => abandon();
  };
}
