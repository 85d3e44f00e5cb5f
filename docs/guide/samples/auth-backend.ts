import { createServer } from 'node:http';
import { type Authorization, type HandshakeRequest, serve } from '@holdfast/node/server';

interface User {
  readonly user: string;
}

// In your app: where sessions, tokens and tickets are kept.
const users = new Map([
  ['session-1', 'ada'],
  ['token-1', 'ada'],
]);
const tickets = new Map([['ticket-1', 'ada']]);

const server = createServer((_, response) => response.end('a page')).listen(8080);
// #region common
const found = (user: string | undefined): Authorization<User> => (user ? { data: { user } } : { status: 401 });
const greet = (connection: { data: { user: string }; send(message: string): unknown }) => {
  connection.send(`welcome, ${connection.data.user}`);
};
// #endregion common

// #region cookie
const cookieOf = ({ headers }: HandshakeRequest) => /(?:^|; )session=([^;]*)/.exec(headers['cookie'] ?? '')?.[1] ?? '';

await serve<User>(
  {
    server,
    path: '/by-cookie',
    origin: 'https://example.org', // else a page of anybody could act for its visitor
    authorize: (request) => found(users.get(cookieOf(request))),
  },
  greet,
);
// #endregion cookie

// #region ticket
await serve<User>(
  {
    server,
    path: '/by-ticket',
    authorize({ url }) {
      const ticket = new URL(url, 'http://localhost').searchParams.get('ticket') ?? '';
      const user = tickets.get(ticket);
      tickets.delete(ticket); // it is good for once, so that it is worth nothing in a log
      return found(user);
    },
  },
  greet,
);
// #endregion ticket

// #region protocol
await serve<User>(
  {
    server,
    path: '/by-protocol',
    protocols: ['chat.v1'], // answered; the token never is
    authorize({ protocols }) {
      const token = protocols.find((protocol) => protocol.startsWith('token.'))?.slice('token.'.length);
      return found(users.get(token ?? ''));
    },
  },
  greet,
);
// #endregion protocol

// #region header
await serve<User>(
  {
    server,
    path: '/by-header',
    authorize({ headers }) {
      const [scheme, token = ''] = (headers['authorization'] ?? '').split(' ');
      return found(scheme === 'Bearer' ? users.get(token) : undefined);
    },
  },
  greet,
);
// #endregion header

// #region first
await serve({ server, path: '/by-message' }, async (connection) => {
  const late = setTimeout(() => void connection.close(4401, 'no token'), 5_000);
  connection.on('closed', () => clearTimeout(late));
  const { data } = await connection.once('message');
  clearTimeout(late);
  const user = typeof data === 'string' ? users.get(data) : undefined;
  if (!user) return void connection.close(4401, 'wrong token');
  connection.send(`welcome, ${user}`);
});
// #endregion first

process.once('SIGTERM', () => process.exit());
