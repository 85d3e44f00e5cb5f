import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect } from '@holdfast/node';
import { serve, type Server } from '@holdfast/node/server';
import { planFragments } from '../../docs/playground/fragment/fragment-plan.ts';
import { loopbackUrl } from '../servers/listen.ts';

/** An echo server of ours on a port of the loopback. */
export async function startEcho(port: number): Promise<Server> {
  return serve({ port, host: '127.0.0.1' }, (connection) => {
    connection.on('message', ({ data }) => void connection.send(data));
  });
}

/** Our client talks to our server: every length form, text, bytes, pings and closing. */
export async function talk(port: number): Promise<void> {
  const client = connect(loopbackUrl('ws', port), { heartbeat: false, reconnect: false });
  const messages = [
    '',
    'Hello',
    'grüße, 😀',
    Uint8Array.of(0, 1, 254, 255),
    'x'.repeat(125),
    'y'.repeat(126),
    Uint8Array.from({ length: 65_535 }, (_, at) => at),
    Uint8Array.from({ length: 65_536 }, (_, at) => at * 7),
  ];
  for (const message of messages) {
    const echo = client.once('message');
    client.send(message);
    await echo;
  }
  await client.ping();
  await client.close(4001, 'enough');
}

/** A message in fragments with a ping between them, which no app sends by itself: the frames of the playground's lab. */
export async function talkInFragments(port: number): Promise<void> {
  const frames = planFragments({ text: 'A message may travel in pieces. 😀', count: 4, hasPing: true });
  const socket = connectTcp(port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  socket.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await once(socket, 'data');
  for (const { bytes } of frames) {
    socket.write(bytes);
    // Each in a packet of its own, as far as TCP lets one wish.
    await new Promise((resolve) => setImmediate(resolve));
  }
  // The close frame of a client that gives no code, masked with zeros.
  socket.write(Uint8Array.of(0x88, 0x80, 0, 0, 0, 0));
  await once(socket, 'end');
  socket.end();
}
