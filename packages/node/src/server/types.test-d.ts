import type { Server as HttpServer } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import type { Server as HttpsServer } from 'node:https';
import type { Codec } from '@holdfast/core/adapter';
import { accept } from './accept.ts';
import { broadcast } from './broadcast.ts';
import type { Connection } from './connection.ts';
import type { ServeOptions } from './options.ts';
import { serve } from './serve.ts';

interface User {
  readonly name: string;
}
declare const user: User;
declare const maybe: User | undefined;
declare const anybody: (connection: Connection) => void;

// What `authorize` answers as data is what each connection carries.
const server = await serve(
  {
    port: 0,
    authorize(request) {
      if (request.url === '/') return false;
      if (request.url === '/login') return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
      return { data: user };
    },
  },
  (connection) => {
    connection.data.name.trim();
    anybody(connection);
    // @ts-expect-error a user has no such thing
    connection.data satisfies { age: number };
  },
);
for (const { data } of server.connections) data.name.trim();
await serve({ port: 0, authorize: async () => ({ data: user }) }, ({ data }) => data.name.trim());

// Without, there is nothing.
await serve({ port: 0 }, ({ data }) => data satisfies undefined);
await serve({ port: 0, authorize: () => true }, ({ data }) => data satisfies undefined);
await serve({ port: 0, authorize: (request) => request.url === '/' }, ({ data }) => data satisfies undefined);
await serve({ port: 0, authorize: async () => Math.random() < 2 }, anybody);

// Who was not found may not connect.
// @ts-expect-error the data may be undefined
await serve({ port: 0, authorize: () => ({ data: maybe }) }, anybody);
// @ts-expect-error with `true` there would be no data
await serve<User>({ port: 0, authorize: () => true }, anybody);
await serve<User | undefined>({ port: 0, authorize: ({ url }) => (url ? { data: user } : true) }, ({ data }) => {
  data?.name.trim();
  // @ts-expect-error it may be undefined
  data.name.trim();
});

// A port or a server, of any kind that frameworks give.
declare const any: HttpServer | HttpsServer | Http2Server | Http2SecureServer;
await serve({ server: any }, anybody);
// @ts-expect-error one of the two
await serve({}, anybody);
// @ts-expect-error not both
await serve({ port: 0, server: any }, anybody);
// @ts-expect-error it listens by itself
await serve({ server: any, host: '127.0.0.1' }, anybody);
({ port: 0, authorize: () => ({ data: 5 }) }) satisfies ServeOptions;

// Messages are of the types of the codec.
declare const [request, socket, head]: Parameters<typeof accept>;
declare const codec: Codec<{ n: number }, string[]>;
accept(request, socket, head, { codec })?.on('message', ({ data }) => data.n.toFixed());
accept(request, socket, head, { codec }, user)?.send(['a']);
// @ts-expect-error no such message
accept(request, socket, head, { codec })?.send('a');
declare const coded: Connection<User, { n: number }, string[]>;
broadcast([coded], ['a']);
// @ts-expect-error no such message
broadcast([coded], 'a');
broadcast([] as Connection[], 'a');

// What `accept` is given is what its connection carries; a header may be absent.
accept(request, socket, head, {}, user)?.data.name.trim();
accept(request, socket, head)?.data satisfies undefined;
accept(request, socket, head)?.request.headers['cookie'] satisfies string | undefined;
// @ts-expect-error it may be absent
accept(request, socket, head)?.request.headers['cookie'] satisfies string;
