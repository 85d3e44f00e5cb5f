import type { Guard, Theme } from '../row.ts';

const openSocket = 'packages/node/src/dial/open-socket.ts';
const tlsOptions = (instead: string): Guard => ({
  file: openSocket,
  remove: "const options = { ALPNProtocols: ['http/1.1'], ...tls, ...target, servername };",
  instead: `const options = ${instead};`,
});

/** Secrets, and to whom they are told. */
export const secrets = {
  name: 'secrets',
  title: 'Secrets, and to whom they are told',
  rows: [
    {
      id: 'CVE-2020-11050',
      product: 'Java-WebSocket',
      side: 'client',
      flaw: 'The name in the certificate was not compared with the host.',
      promise: 'a trusted certificate for another name is refused, and its server is told nothing',
      guard: tlsOptions(
        "{ ALPNProtocols: ['http/1.1'], ...tls, ...target, servername, checkServerIdentity: () => undefined }",
      ),
    },
    {
      id: 'CVE-2018-8034',
      product: 'Tomcat',
      side: 'client',
      flaw: 'The client for WebSocket over TLS did not check the host name.',
      promise: 'a trusted certificate without the address that was dialed is refused, where the URL has an address',
      guard: tlsOptions(
        "{ ALPNProtocols: ['http/1.1'], ...tls, ...target, servername, ...(isIP(host) && { checkServerIdentity: () => undefined }) }",
      ),
    },
    {
      id: 'CVE-2020-15133',
      product: 'faye-websocket',
      side: 'client',
      flaw: 'Certificates were not checked at all.',
      promise: 'a certificate that nobody vouches for is refused without any option',
      guard: tlsOptions("{ ALPNProtocols: ['http/1.1'], rejectUnauthorized: false, ...tls, ...target, servername }"),
    },
    {
      id: 'CVE-2020-15134',
      product: 'faye',
      side: 'client',
      flaw: 'The same in the client above it, for WebSocket and for plain requests.',
      promise: 'a certificate of another authority than the one in tls.ca is refused',
      guard: tlsOptions(
        "{ ALPNProtocols: ['http/1.1'], rejectUnauthorized: tls.ca === undefined, ...tls, ...target, servername }",
      ),
    },
    {
      id: 'CVE-2022-24968',
      product: 'Mellium xmpp',
      side: 'client',
      flaw: 'The certificate was checked against a name that an unsigned DNS answer had told, not against the one asked for.',
      promise: 'the name in tls.servername is the one that must stand in the certificate, whatever was dialed',
      guard: {
        file: openSocket,
        remove: "const servername = tls.servername ?? (isIP(host) ? '' : host);",
        instead: "const servername = isIP(host) ? '' : host;",
      },
    },
    {
      id: 'CVE-2026-9697',
      product: 'undici',
      side: 'client',
      flaw: 'The options for TLS were dropped without a word on the way through a SOCKS proxy.',
      promise: 'the options for TLS hold for every dial of a client, through a proxy too',
      guard: {
        file: 'packages/node/src/dial/proxy/open-tunnel.ts',
        remove: 'const dial = openSocket(endpoint, tls, { host, port, socket });',
        instead: 'const dial = openSocket(endpoint, { rejectUnauthorized: false }, { host, port, socket });',
      },
    },
    {
      id: 'python websockets 16.1 secrets on cross-origin redirects',
      product: 'python websockets',
      side: 'client',
      flaw: 'A redirect to another origin took the credentials of the first along.',
      promise: 'a redirect is followed only where the app wants that, and takes no secret to another origin',
      guard: {
        file: 'packages/node/src/dial/client-dial.ts',
        remove: 'const said = mayKnow ? headers : {};',
        instead: 'const said = headers;',
      },
    },
    {
      id: 'CVE-2021-33880',
      product: 'python websockets',
      side: 'server',
      flaw: 'The password of HTTP Basic was compared so that the time told how much of it was right.',
      promise: 'the server compares no secret: it has no option for one, and hands the header to authorize as it came',
      guard: {
        file: 'packages/core/src/session/fill-options.ts',
        remove: 'if (!(name in filled)) failOn(',
        instead: "if (name === '') failOn(",
      },
    },
  ],
} as const satisfies Theme;
