import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

/** What stands before the first frame, and what came behind it already. */
export interface Head {
  /** The first line, and the headers by their names in lower case. */
  readonly line: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly rest: Buffer;
}

/** Reads an HTTP head off a socket, and then pauses it. */
export async function readHead(socket: Socket): Promise<Head> {
  const bytes = await bytesOfHead(socket);
  const end = bytes.indexOf(headEnd);
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map((text): [string, string] => {
    const colon = text.indexOf(':');
    return [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()];
  });
  return { line, headers: new Map(headers), rest: bytes.subarray(end + headEnd.length) };
}

const headEnd = '\r\n\r\n';

function bytesOfHead(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (!bytes.includes(headEnd)) return;
      socket.off('data', onData).off('close', onClose).pause();
      resolve(bytes);
    };
    const onClose = () => reject(new Error('the connection ended during the handshake'));
    socket.on('data', onData).on('close', onClose).on('error', onClose);
  });
}

/** RFC 6455 4.2.2: the proof that the server read the client's key. */
function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** The response that accepts a request. */
export function acceptance(request: Head, agreed: string): string {
  return headText(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(request.headers.get('sec-websocket-key') ?? '')}`,
    ...(agreed ? [`Sec-WebSocket-Extensions: ${agreed}`] : []),
  );
}

/** Shakes hands as a client; answers what the server agreed to, and what came behind. Throws if it did not accept. */
export async function shakeHands(
  socket: Socket,
  path: string,
  offered: string,
): Promise<{ agreed: string; rest: Buffer }> {
  const key = randomBytes(16).toString('base64');
  socket.write(
    headText(
      `GET ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      ...(offered ? [`Sec-WebSocket-Extensions: ${offered}`] : []),
    ),
    'latin1',
  );
  const { line, headers, rest } = await readHead(socket);
  const isAccepted = line.startsWith('HTTP/1.1 101 ') && headers.get('sec-websocket-accept') === acceptOf(key);
  if (!isAccepted) throw new Error(`the handshake was not accepted: ${line}`);
  return { agreed: headers.get('sec-websocket-extensions') ?? '', rest };
}

function headText(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
