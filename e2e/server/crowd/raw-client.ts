import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What a client of the crowd tells. */
export interface RawClientEvents {
  open(): void;
  text(): void;
  ping(): void;
  /** The server's close frame came; it was answered. */
  close(code: number): void;
  /** TCP is over; `inOrder` unless by an error. */
  end(inOrder: boolean): void;
}

/** A client that knows only as much of WebSocket as an idle one needs: a handshake, pongs, and the answer to a close frame. */
export function openRawClient(port: number, events: RawClientEvents): void {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let isOpen = false;
  socket.write(handshake());
  socket.on('data', (chunk) => {
    received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
    if (!isOpen) {
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!received.toString('latin1', 0, end).startsWith('HTTP/1.1 101 '))
        return void socket.destroy(new Error('refused'));
      isOpen = true;
      received = received.subarray(end + 4);
      events.open();
    }
    received = readFrames(received, socket, events);
  });
  let inOrder = true;
  socket.on('error', () => {
    inOrder = false;
  });
  socket.on('close', () => events.end(inOrder));
}

function handshake(): string {
  const key = randomBytes(16).toString('base64');
  return `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
}

/** Takes the whole frames, all of them short, and answers what is left. */
function readFrames(bytes: Buffer, socket: Socket, events: RawClientEvents): Buffer {
  let at = 0;
  while (bytes.length - at >= 2) {
    const end = at + 2 + (bytes[at + 1] as number);
    if (bytes.length < end) break;
    takeFrame(bytes[at] as number, bytes.subarray(at + 2, end), socket, events);
    at = end;
  }
  return Buffer.from(bytes.subarray(at));
}

function takeFrame(firstByte: number, payload: Buffer, socket: Socket, events: RawClientEvents): void {
  switch (firstByte) {
    case 0x81:
      return events.text();
    case 0x89:
      socket.write(masked(0x8a, payload));
      return events.ping();
    case 0x88:
      socket.write(masked(0x88, payload));
      return events.close(payload.readUInt16BE(0));
    default:
      socket.destroy(new Error(`unexpected first byte ${firstByte}`));
  }
}

function masked(firstByte: number, payload: Buffer): Buffer {
  const key = randomBytes(4);
  const body = payload.map((byte, index) => byte ^ (key[index % 4] as number));
  return Buffer.concat([Buffer.of(firstByte, 0x80 | payload.length), key, body]);
}
