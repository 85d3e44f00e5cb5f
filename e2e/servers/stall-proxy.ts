import { connect, createServer, type Socket } from 'node:net';
import { listen, listenOnFreePort } from './listen.ts';

/** A TCP proxy whose open lines can fall silent while their sockets stay up. */
export interface StallProxy {
  readonly port: number;
  /** Carries nothing more on the lines that are open now, not even their end; new lines are carried. */
  stall(): void;
  /** The lines that the client's side still holds open. */
  countOpen(alsoStalled: boolean): number;
  /** Destroys every line and listens no more. */
  kill(): void;
  /** Listens again on the same port. */
  startAgain(): Promise<void>;
}

/** Starts a proxy before a port of the loopback; `onChange` is called when a line ends. */
export async function startStallProxy(targetPort: number, onChange: () => void): Promise<StallProxy> {
  const lines = new Set<Line>();
  const carry = (client: Socket) => {
    const line = new Line(client, connect(targetPort, '127.0.0.1'));
    lines.add(line);
    client.once('close', () => {
      lines.delete(line);
      onChange();
    });
  };
  let listener = createServer(carry);
  const port = await listenOnFreePort(listener);

  return {
    port,
    stall: () => lines.forEach((line) => line.stall()),
    countOpen: (alsoStalled) => [...lines].filter((line) => alsoStalled || !line.isStalled).length,
    kill: () => {
      listener.close();
      lines.forEach((line) => line.destroy());
    },
    startAgain: () => {
      listener = createServer(carry);
      return listen(listener, port);
    },
  };
}

class Line {
  isStalled = false;
  readonly #client: Socket;
  readonly #server: Socket;

  constructor(client: Socket, server: Socket) {
    this.#client = client;
    this.#server = server;
    this.#carry(client, server);
    this.#carry(server, client);
  }

  stall(): void {
    this.isStalled = true;
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  /** A silent line still reads, or it would never see that the client has let go. */
  #carry(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      if (!this.isStalled) to.write(chunk);
    });
    from.on('error', () => {});
    from.on('close', () => {
      if (!this.isStalled) to.destroySoon();
    });
  }
}
