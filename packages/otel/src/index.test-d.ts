import { type Codec, connect } from '@holdfast/node';
import { type Connection, serve, type Server } from '@holdfast/node/server';
import type { Meter } from '@opentelemetry/api';
import { instrument, instrumentServer } from './index.ts';

declare const meter: Meter;
declare const codec: Codec<{ n: number }, string[]>;

// Any client, with nothing more said or all of it.
const stop = instrument(connect('ws://example.org/'));
stop();
// @ts-expect-error it takes nothing
stop(1);
instrument(connect('ws://example.org/'), { meter, attributes: { 'server.address': 'example.org' } });
instrument(connect('ws://example.org/', { codec }), {
  sizeOf: (message) => (Array.isArray(message) ? message.length : message.n),
});
// @ts-expect-error messages of this codec have no such length
instrument(connect('ws://example.org/', { codec }), { sizeOf: ({ byteLength }) => byteLength });
// @ts-expect-error no such option
instrument(connect('ws://example.org/'), { meters: meter });

// Any server.
instrumentServer(await serve({ port: 0 }, () => {}))();
declare const typed: Server<{ name: string }, { n: number }, string[]>;
instrumentServer(typed, { meter, attributes: { 'http.route': '/live' } });
// @ts-expect-error a client is no server
instrumentServer(connect('ws://example.org/'));

// Who measures by other means.
typed.observe({
  onConnection: ({ data }) => data.name.trim(),
  onReceived: (bytes) => bytes.toFixed(),
  onRefused: ({ status }) => status?.toFixed(),
})();
typed.observe({
  // @ts-expect-error its connections carry no such data
  onConnection: (connection: Connection<{ age: number }>) => connection.data.age,
});
