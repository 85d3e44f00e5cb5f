import type { Theme } from '../row.ts';

/** Lines smuggled into HTTP. */
export const injection = {
  name: 'injection',
  title: 'Lines smuggled into HTTP',
  rows: [
    {
      id: 'CVE-2026-1527',
      product: 'undici',
      side: 'client',
      flaw: 'A line break in an option went into the request as it was, and with it headers of the attacker.',
      promise: 'a line break in the URL, a protocol, a header or the origin never becomes a line of the request',
      guard: {
        file: 'packages/node/src/handshake/client-handshake.ts',
        remove: 'if (!fieldValue.test(value)) {',
        instead: "if (value === '') {",
      },
    },
    {
      id: 'PYSEC-2020-25',
      product: 'autobahn (CVE-2020-35678)',
      side: 'server',
      flaw: 'Text of the request was copied into a header of the response, line breaks and all.',
      promise: 'what a request or an app says in a refusal never becomes a line of the response head',
      guard: {
        file: 'packages/node/src/server/reception.ts',
        remove: 'checkHeaders(headers);',
        instead: '',
      },
    },
  ],
} as const satisfies Theme;
