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
      promise: 'the options for TLS hold for every dial of a client, and an option for a proxy is refused',
      guard: {
        file: 'packages/node/src/node-connector.ts',
        remove: '{ limits, clock, compression, tls, headers:',
        instead:
          '{ limits, clock, compression, tls: ((first) => (Object.assign(options, { tls: {} }), first))(options.tls ?? {}), headers:',
      },
      waits: { issue: 'proxies, issue 5 or later', what: 'the way through one' },
    },
    {
      id: 'python websockets 16.1 secrets on cross-origin redirects',
      product: 'python websockets',
      side: 'client',
      flaw: 'A redirect to another origin took the credentials of the first along.',
      promise: 'a redirect is told and not followed: its target hears nothing',
      guard: {
        file: 'packages/node/src/dial/client-dial.ts',
        remove: 'if (head.status === 101) open(head, rest);',
        instead: `const location = new Map(head.headers).get('location');
    if (head.status === 101) open(head, rest);
    else if (location) {
      giveUp();
      dialServer({ url: location, protocols }, options, handler);
    }`,
      },
      waits: { issue: 'redirects, issue 5 or later', what: 'those that are followed' },
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
