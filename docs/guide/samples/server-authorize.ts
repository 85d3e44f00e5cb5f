import { createHash, timingSafeEqual } from 'node:crypto';
import { type HandshakeRequest, serve } from '@holdfast/node/server';

const digest = (text: string) => createHash('sha256').update(text).digest();
const tokens = [{ name: 'ada', digest: digest('Bearer ada-secret') }];
const names = new WeakMap<HandshakeRequest, string>();

await serve(
  {
    port: 8080,
    authorize(request) {
      const given = digest(request.headers['authorization'] ?? '');
      const user = tokens.find((token) => timingSafeEqual(token.digest, given));
      if (!user) return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
      names.set(request, user.name); // the connection has this request
      return true;
    },
    onRefused: (error) => console.log('refused', error.status, error.message),
  },
  (connection) => {
    connection.send(`welcome, ${names.get(connection.request)}`);
  },
);
