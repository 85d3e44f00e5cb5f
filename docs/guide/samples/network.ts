import { connect } from 'holdfast';

// #region proxy
const proxied = connect('wss://example.org/proxied', {
  node: { proxy: 'http://me:password@localhost:8080' },
});

proxied.on('disconnected', ({ error }) => {
  console.log(error?.code, error?.status);
});
// #endregion proxy

// #region proxy-tls
connect('wss://example.org/', {
  node: {
    tls: { servername: 'example.org' }, // with the server
    proxy: {
      url: 'https://localhost:8080',
      tls: { minVersion: 'TLSv1.3' }, // with the proxy
      headers: { 'Proxy-Authorization': 'Bearer token-1' },
    },
  },
});
// #endregion proxy-tls

// #region environment
connect('wss://example.org/by-environment', {
  node: { proxy: 'environment' },
});
// #endregion environment

// #region unix
const local = connect('ws://localhost/metrics', {
  node: { socketPath: '/run/app.sock' },
});
// #endregion unix
local.on('disconnected', ({ error }) => console.log(error?.message));

// #region redirects
connect('wss://example.org/old', { node: { followRedirects: 3 } });
// #endregion redirects
