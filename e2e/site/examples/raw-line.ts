import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which a test says every byte itself. */
export interface RawLine {
  write(data: string | Uint8Array): void;
  /** Resolves to the head that the peer sent, without its blank line, and keeps what follows for `bytes`. */
  head(): Promise<string[]>;
  /** Resolves to the next so many bytes, in hex. */
  bytes(count: number): Promise<string>;
  close(): void;
}

/** Opens a TCP connection to this port of the loopback. */
export async function openRawLine(port: number): Promise<RawLine> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return rawLine(socket);
}

/** The same over a socket that is open. */
export function rawLine(socket: Socket): RawLine {
  let kept = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
  });
  const until = async (isThere: () => boolean) => {
    while (!isThere()) await once(socket, 'data');
  };
  const take = (count: number) => {
    const taken = kept.subarray(0, count);
    kept = kept.subarray(count);
    return taken;
  };
  return {
    write: (data) => void socket.write(data),
    async head() {
      await until(() => kept.includes('\r\n\r\n'));
      const lines = take(kept.indexOf('\r\n\r\n') + 4).toString('latin1');
      return lines.trimEnd().split('\r\n');
    },
    async bytes(count) {
      await until(() => kept.length >= count);
      return hexOf(take(count));
    },
    close: () => socket.destroy(),
  };
}

/** Bytes as the pages write them: `48 69`. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}

/** The bytes of such hex. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}
