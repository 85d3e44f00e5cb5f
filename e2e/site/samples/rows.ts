import type { Connection, ServeOptions } from '@holdfast/node/server';

/** How a sample of a client is run: what the server does, and what has to be seen. */
export interface SampleRow {
  readonly options?: Partial<ServeOptions>;
  /** What the server does with a connection besides noting what it hears. */
  readonly play?: (connection: Connection) => void;
  /** All that the sample has to print. */
  readonly prints?: readonly string[];
  /** What the server has to hear: paths of connections, and messages as text. */
  readonly hears?: readonly string[];
  /** It ends by itself, in order. */
  readonly ends?: boolean;
}

const echo = (connection: Connection) => void connection.on('message', ({ data }) => connection.send(data));
const enough = (connection: Connection) => {
  connection.send('one');
  connection.send('enough');
};
const chat = { options: { protocols: ['chat.v1'] }, play: echo, hears: ['/live?ticket=ticket-1'] };

/** The samples that are clients, each with what it shows. */
export const rows: Readonly<Record<string, SampleRow>> = {
  'browser.ts': { play: echo, prints: ['connected', 'received hello'] },
  'home.ts': { play: echo, prints: ['hello'] },
  'node.ts': { play: enough, prints: ['one', 'enough'], ends: true },
  'more.ts': { prints: ['1000 true'], hears: ['text', 'one', 'two'], ends: true },
  'readme-browser.ts': { play: echo, prints: ['queued', 'connected, attempt 1', 'received hello'] },
  'readme-node.ts': { play: enough, prints: ['received one', 'received enough'], hears: ['hello'], ends: true },
  'readme-delivery.ts': { options: { delivery: true }, hears: ['order 66'] },
  'connected.ts': { hears: ['/live?ticket=ticket-1', '/live', '/a', '/b', '/c'] },
  'pace.ts': {
    play(connection) {
      connection.send('slow');
      if (connection.request.url === '/streams') {
        connection.on('message', () => connection.close());
      } else setTimeout(() => void connection.close(), 200);
    },
    prints: ['slow'],
    hears: ['{"typing":true}', '{"position":[3,4]}', '{"draft":"…"}', 'slow'],
    ends: true,
  },
  'web-socket.ts': { options: { protocols: ['v2'] }, play: echo, prints: ['received hello'], hears: ['/chat'] },
  'compression.ts': { options: { compression: true }, prints: ['permessage-deflate'], hears: ['a secret'] },
  'codecs.ts': {
    play(connection) {
      if (connection.request.url !== '/readings') return;
      connection.send('{"sensor":"roof","celsius":21.5}');
      void connection.close();
    },
    prints: ['roof 21.5'],
    hears: ['/positions', '{"x":1,"y":2}', '/camera'],
  },
  'rpc-more.ts': {
    play: (connection) => void connection.send('plain'),
    prints: ['rejected: the page was left', 'not a call: plain', "'add', 'user'", "'area', 'greet'"],
  },
  'network.ts': {
    // It is no proxy, which is told; and it has sent what was at /old elsewhere.
    options: {
      authorize: ({ url }) => (url === '/old' ? { status: 307, headers: { Location: '/new' } } : true),
    },
    prints: ['proxy-failed', 'connection-refused: /run/app.sock: ENOENT'],
    hears: ['/by-environment', '/new'],
  },
  'errors.ts': { prints: ['invalid-close-code'], hears: ['/live'] },
  'delivery-store.ts': {
    options: { delivery: true },
    prints: ['resumed false'],
    hears: ['kept until it is acknowledged'],
  },
  'testing-kit.ts': { prints: ['from memory 0'], ends: true },
  'migrate-ws-before.ts': { play: echo, prints: ['received hello'] },
  'migrate-ws-after.ts': { play: echo, prints: ['received hello'] },
  'migrate-rws-before.ts': { ...chat, prints: ['open 0', 'received hello'] },
  'migrate-rws-after.ts': { ...chat, prints: ['open 1', 'received hello'] },
};

/** Samples of a server with samples of a client, and what the client has to print. */
export const pairs: readonly (readonly [server: string, client: string, prints: readonly string[]])[] = [
  ['auth-backend.ts', 'auth-page.ts', ['by-ticket', 'by-protocol', 'by-message'].map((by) => `${by} welcome, ada`)],
  ['auth-backend.ts', 'auth-node.ts', ['by-header welcome, ada']],
  ['start-backend.ts', 'start-service.ts', ['connected, attempt 1', 'received hello from a service']],
  ['migrate-ws-backend-before.ts', 'migrate-ws-before.ts', ['received hello']],
  ['migrate-ws-backend-after.ts', 'migrate-ws-after.ts', ['received hello']],
  // Both ends speak the same protocol: one can move before the other.
  ['migrate-ws-backend-before.ts', 'migrate-ws-after.ts', ['received hello']],
  ['migrate-ws-backend-after.ts', 'migrate-ws-before.ts', ['received hello']],
  ['migrate-io-backend-before.ts', 'migrate-io-before.ts', ['open', 'ada hello', 'members 1']],
  ['migrate-io-backend-after.ts', 'migrate-io-after.ts', ['open', 'ada hello', 'members 1']],
];
