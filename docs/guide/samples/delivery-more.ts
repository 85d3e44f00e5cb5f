import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { type Connection, redisStore, serve } from '@holdfast/node/server';
import { createClient } from 'redis';

const userOf = (token = 'nobody') => token;
const notedSoFar = (session: string) => {
  const path = `notes-${session}`;
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
};

// #region redis
const redis = await createClient({ url: 'redis://localhost:6379' }).connect();

const server = await serve(
  {
    port: 8080,
    delivery: {
      store: redisStore((args) => redis.sendCommand(args)),
      // Somebody else's session is none, even for who has learnt its name.
      owner: ({ request }) => userOf(request.headers['authorization']),
      resumeWithinMs: 10 * 60_000,
    },
  },
  takeNotes,
);
// #endregion redis

// #region once
function takeNotes(connection: Connection) {
  const { session } = connection.delivery!;
  let noted = notedSoFar(session);
  connection.on('message', ({ data }) => {
    const { received } = connection.delivery!;
    if (received <= noted) return; // a process noted it, and was gone before it could acknowledge it
    appendFileSync(`notes-${session}`, `${String(data)}\n`);
    noted = received;
  });
}
// #endregion once

process.once('SIGTERM', () => void server.close());
