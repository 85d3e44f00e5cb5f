import type { Theme } from '../row.ts';

/** What one end keeps for the other. */
export const resources = {
  name: 'resources',
  title: 'What one end keeps for, and tells, the other',
  rows: [
    {
      id: 'CVE-2025-10148',
      product: 'curl',
      side: 'client',
      flaw: 'One masking key served for the whole connection, so that a server could shape what proxies saw.',
      promise: 'every frame has a masking key of its own',
      guard: {
        file: 'packages/node/src/masking-keys.ts',
        remove: 'used += 4;',
        instead: 'used += 0;',
      },
    },
    {
      id: 'CVE-2026-45736',
      product: 'ws',
      side: 'both',
      flaw: 'close() with a typed array for a reason sent memory that had never been written.',
      promise: 'a reason that is not text throws at once, and nothing of it is sent',
      guard: {
        file: 'packages/core/src/close-code.ts',
        remove: "typeof reason !== 'string' || ",
        instead: '',
      },
    },
    {
      id: 'CVE-2020-35896',
      product: 'ws-rs',
      side: 'both',
      flaw: 'What a peer did not read was buffered without a limit.',
      promise: 'for a peer that pings and never reads, a limited number of pongs is kept',
      guard: {
        file: 'packages/node/src/socket-link.ts',
        remove: 'this.#wire.holdPongs(this.#socket.writableLength > pongHoldBytes);',
        instead: '',
      },
    },
    {
      id: 'undici close() to a silent peer',
      product: 'undici 7.30, measured',
      side: 'client',
      flaw: 'Towards a peer that says nothing more, close() led to no close event in 40 seconds.',
      promise: 'a close() that the peer never answers ends with close-timeout',
      guard: {
        file: 'packages/core/src/session/session.ts',
        remove: "return [{ name: 'closing', code, reason }, closeTimeoutMs];",
        instead: "return [{ name: 'closing', code, reason }];",
      },
    },
    {
      id: 'CVE-2020-36406',
      product: 'uWebSockets',
      side: 'server',
      flaw: 'When a connection left many topics at once, a buffer on the stack overflowed.',
      promise: 'connections that leave while a broadcast reaches them harm neither it nor the others',
      guard: {
        file: 'packages/node/src/server/reception.ts',
        remove: 'this.connections.delete(connection);',
        instead: '',
      },
    },
    {
      id: 'CVE-2019-13611',
      product: 'python-engineio',
      side: 'server',
      flaw: 'The Origin header was not looked at, so that any page could connect with the cookies of its reader.',
      promise: 'a page of another origin is refused with 403 unless an option lets it in',
      guard: {
        file: 'packages/node/src/handshake/server-handshake.ts',
        remove: 'if (!isOriginAllowed({ origin, host }, policy, request)) {',
        instead: 'if (origin === host) {',
      },
    },
  ],
} as const satisfies Theme;
