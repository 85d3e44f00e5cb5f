import { createHash, timingSafeEqual } from 'node:crypto';
import { serve } from '@holdfast/node/server';

const digest = (text: string) => createHash('sha256').update(text).digest();
const tokens = [{ name: 'ada', digest: digest('Bearer ada-secret') }];

await serve(
  {
    port: 8080,
    authorize(request) {
      const given = digest(request.headers['authorization'] ?? '');
      const user = tokens.find((token) => timingSafeEqual(token.digest, given));
      if (!user) return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
      return { data: { name: user.name } };
    },
    onRefused: (error) => console.log('refused', error.status, error.message),
  },
  (connection) => {
    connection.send(`welcome, ${connection.data.name}`);
  },
);
