import { createServer, type Socket } from 'node:net';
import { Protocol } from '@holdfast/core';
import { type ContractPeer, linkContract, type LinkHarness } from '@holdfast/core/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { acceptKey } from './handshake/accept-key.ts';
import { nodeConnector } from './node-connector.ts';
import { resolveNodeOptions } from './options.ts';

type Peer = { -readonly [K in keyof ContractPeer]: ContractPeer[K] };

/** A server over TCP made of our own protocol in its other role. */
const peers: Peer[] = [];
const server = createServer({ noDelay: true }, (socket) => peers.push(peerOf(socket)));
let port = 0;

beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        port = (server.address() as { port: number }).port;
        resolve();
      });
    }),
);
afterAll(() => new Promise((resolve) => server.close(resolve)));

function peerOf(socket: Socket): Peer {
  const wire = new Protocol({ role: 'server' });
  const flush = () => {
    for (const chunk of wire.takeOutput()) socket.write(chunk);
    if (wire.transport === 'end') socket.end();
  };
  const peer: Peer = {
    received: [],
    closedWith: undefined,
    send(message) {
      wire.send(message);
      flush();
    },
    close(code, reason) {
      wire.close(code, reason);
      flush();
    },
    cut: () => socket.resetAndDestroy(),
  };
  socket.once('data', (head) => {
    const key = /Sec-WebSocket-Key: (.+)\r\n/.exec(head.toString('latin1'))?.[1] ?? '';
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\n\r\n`,
    );
    socket.on('data', ({ buffer, byteOffset, length }) => {
      for (const event of wire.receive(new Uint8Array(buffer, byteOffset, length))) {
        if (event.type === 'message') peer.received.push(event.data);
        if (event.type === 'close') peer.closedWith = { code: event.code, reason: event.reason };
      }
      flush();
    });
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    peer.closedWith ??= { code: 1006, reason: '' };
  });
  return peer;
}

const connector = nodeConnector(resolveNodeOptions({}));

const tcp: LinkHarness = {
  dial(handler) {
    const first = peers.length;
    return {
      drop: connector(`ws://127.0.0.1:${port}/`, [], handler),
      peer: () => peers[first] as Peer,
    };
  },
  dialNobody(handler) {
    // Port 1 is the multiplexer's, which no machine runs.
    connector('ws://127.0.0.1:1/', [], handler);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};

describe('a socket keeps the contract of a Link', () => {
  test.each(linkContract.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => rule.run(tcp));
});
