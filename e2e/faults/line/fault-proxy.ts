import { connect, createServer, type Server } from 'node:net';
import { Changes } from '../changes.ts';
import { closeListener, listen, listenOnFreePort } from '../../servers/listen.ts';
import { FaultLine } from './fault-line.ts';

/** A TCP proxy on the loopback whose lines have faults while they live. */
export interface FaultProxy {
  readonly port: number;
  /** Every line that was carried, the oldest first. */
  readonly lines: readonly FaultLine[];
  /** The nth line, carried already or still to come. */
  line(nth: number): Promise<FaultLine>;
  /** Refuses new lines; those that are open stay. */
  refuse(): void;
  /** Takes new lines again, on the same port. */
  accept(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy before a port of the loopback; `onLine` may give a line its faults before it carries a byte. */
export async function startFaultProxy(targetPort: number, onLine?: (line: FaultLine) => void): Promise<FaultProxy> {
  const lines: FaultLine[] = [];
  const changes = new Changes();
  const newListener = () =>
    createServer((client) => {
      const line = new FaultLine(client, connect(targetPort, '127.0.0.1'));
      lines.push(line);
      onLine?.(line);
      changes.tell();
    });
  let listener: Server | undefined = newListener();
  const port = await listenOnFreePort(listener);
  const refuse = () => {
    listener?.close();
    listener = undefined;
  };

  return {
    port,
    lines,
    line: async (nth) => {
      await changes.until(() => lines.length >= nth, `line ${nth} through the proxy`);
      return lines[nth - 1]!;
    },
    refuse,
    accept: async () => {
      listener = newListener();
      await listen(listener, port);
    },
    close: async () => {
      const last = listener;
      for (const line of lines) line.drop();
      if (last) await closeListener(last);
    },
  };
}
