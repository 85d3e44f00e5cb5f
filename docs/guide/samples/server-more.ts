import { type AcceptOptions, broadcast, type CommonServeOptions, type Connection, serve } from '@holdfast/node/server';

// #region origins
const origins: AcceptOptions[] = [
  { origin: 'same' }, // the default: pages from the host that the request names
  { origin: ['https://example.org', 'https://app.example.org'] }, // these too
  { origin: (origin) => origin.endsWith('.example.org') }, // as you say, about every page
  { origin: '*' }, // any page: only where no cookie says who somebody is
];
// #endregion origins

// #region protocols
const protocols: AcceptOptions[] = [
  { protocols: ['chat.v2', 'chat.v1'] }, // the first of these that the client offers
  { protocols: (offered, request) => (request.url === '/old' ? 'chat.v1' : offered[0]) },
];
// #endregion protocols

// #region limits
const strict: CommonServeOptions = {
  maxMessageBytes: 64 * 1024,
  idleTimeoutMs: 10 * 60_000,
  limits: { maxConnections: 500, maxBufferedBytes: 2 ** 20 },
};
// #endregion limits

const server = await serve({ ...origins[1], ...protocols[0], ...strict, port: 8080 }, onConnection);

// #region broadcast
function relay(from: Connection, message: string | Uint8Array) {
  const others = [...server.connections].filter((connection) => connection !== from);
  return broadcast(others, message); // how many took it
}
// #endregion broadcast

async function onConnection(connection: Connection) {
  if (connection.protocol === 'chat.v2') return count(connection);
  // #region pressure
  for await (const message of connection) {
    relay(connection, message);
    connection.send(message);
    await connection.drained(); // the client is read no faster than it reads
  }
  // #endregion pressure
}

// #region produce
async function count(connection: Connection) {
  for (let i = 0; connection.send(`${i}`) === 'sent'; i++) {
    await connection.drained();
    if (i === 1_000_000) await connection.close(1000, 'that is all');
  }
}
// #endregion produce
