import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Child } from '../../server/crowd/child.ts';
import { closeListener, listenOnFreePort } from '../../servers/listen.ts';
import { startFaultProxy } from '../line/fault-proxy.ts';
import { type MemoryWord, messageBytes, type Series, type Way } from './series.ts';

/** Goes one way with so many messages, in a process of its own, and answers what that process held meanwhile. */
export async function measure(way: Way, messages: number): Promise<Series> {
  const isSending = way.endsWith('send');
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  if (!isSending) server.on('connection', (client) => void sendOn(client));
  // A proxy that takes nothing from the client: its peer does not read.
  const proxy = await startFaultProxy(await listenOnFreePort(http));
  const child = new Child<MemoryWord>(
    new URL('./memory-entry.ts', import.meta.url),
    way,
    `ws://127.0.0.1:${proxy.port}`,
    String(messages),
  );
  if (isSending) server.on('connection', () => proxy.lines[0]!.block('toServer'));
  try {
    return { way, samples: await child.word(({ samples }) => samples) };
  } finally {
    child.kill();
    await proxy.close();
    for (const client of server.clients) client.terminate();
    await closeListener(http);
  }
}

/** As fast as the line takes it, until it ends. */
async function sendOn(client: WebSocket): Promise<void> {
  const message = new Uint8Array(messageBytes);
  client.on('error', () => {});
  while (client.readyState === client.OPEN) await new Promise<unknown>((resolve) => client.send(message, resolve));
}
