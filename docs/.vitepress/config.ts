import { defineConfig } from 'vitepress';
import { apiSidebar } from '../typedoc/sidebar.ts';

const description =
  'One WebSocket client for the browser and for Node: it comes back by itself and loses nothing in silence.';

const sidebar = [
  {
    text: 'Guide',
    items: [
      { text: 'Getting started', link: '/guide/getting-started' },
      { text: 'Events and options', link: '/guide/events' },
      { text: 'Staying connected', link: '/guide/connected' },
      { text: 'At a pace', link: '/guide/pace' },
      { text: 'Messages with types', link: '/guide/codecs' },
      { text: 'Delivery', link: '/guide/delivery' },
      { text: 'Stores of delivery', link: '/guide/delivery-stores' },
      { text: 'Calls', link: '/guide/rpc' },
      { text: 'Files', link: '/guide/files' },
      { text: 'Compression', link: '/guide/compression' },
      { text: 'WebSocket class', link: '/guide/web-socket' },
      { text: 'Server', link: '/guide/server' },
      { text: 'Auth', link: '/guide/auth' },
      { text: 'Proxies and redirects', link: '/guide/network' },
      { text: 'Testing your app', link: '/guide/testing' },
      { text: 'Terminal tool', link: '/guide/tool' },
    ],
  },
  {
    text: 'Migrating from',
    items: [
      { text: 'ws', link: '/guide/migrating-from-ws' },
      { text: 'reconnecting-websocket', link: '/guide/migrating-from-reconnecting-websocket' },
      { text: 'Socket.IO', link: '/guide/migrating-from-socket-io' },
    ],
  },
  {
    text: 'How it works',
    items: [
      { text: 'Handshake', link: '/how/handshake' },
      { text: 'Frames', link: '/how/frames' },
      { text: 'Masking', link: '/how/masking' },
      { text: 'Fragments', link: '/how/fragments' },
      { text: 'Keep-alive', link: '/how/keep-alive' },
      { text: 'Closing', link: '/how/closing' },
      { text: 'Extensions', link: '/how/extensions' },
      { text: 'Security', link: '/how/security' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'API', link: '/api/' },
      { text: 'Errors', link: '/errors' },
    ],
  },
  {
    text: 'Systems',
    items: [
      { text: 'All', link: '/systems/' },
      { text: 'Chat room', link: '/systems/chat' },
      { text: 'Push', link: '/systems/push' },
      { text: 'Live log', link: '/systems/log' },
      { text: 'Files', link: '/systems/files' },
      { text: 'Polling or WebSocket', link: '/systems/feed' },
      { text: 'Dashboard', link: '/systems/dashboard' },
    ],
  },
  {
    text: 'Protocols',
    items: [
      { text: 'Delivery, version 1', link: '/protocols/delivery' },
      { text: 'Calls on the wire', link: '/protocols/rpc' },
      { text: 'Files on the wire', link: '/protocols/files' },
    ],
  },
];

export default defineConfig({
  title: 'holdfast',
  description,
  lang: 'en',
  cleanUrls: true,
  // The first page would bring every other page that its menus name.
  router: { prefetchLinks: false },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }],
    ['meta', { name: 'theme-color', content: '#0d6455' }],
  ],
  themeConfig: {
    logo: '/logo.svg',
    nav: [
      { text: 'Guide', link: '/guide/getting-started', activeMatch: '/guide/' },
      { text: 'How it works', link: '/how/handshake', activeMatch: '/how/' },
      { text: 'Playground', link: '/playground' },
      { text: 'Systems', link: '/systems/', activeMatch: '/systems/' },
      {
        text: 'More',
        items: [
          {
            text: 'Reference',
            items: [
              { text: 'API', link: '/api/' },
              { text: 'Errors', link: '/errors' },
              { text: 'Delivery protocol', link: '/protocols/delivery' },
            ],
          },
          {
            text: 'Proof',
            items: [
              { text: 'Conformance', link: '/conformance' },
              { text: 'RFC map', link: '/rfc-map' },
              { text: 'Attacks', link: '/attacks' },
              { text: 'Faults', link: '/faults' },
              { text: 'Fuzzing', link: '/fuzzing' },
              { text: 'Peers', link: '/peers' },
              { text: 'Runtimes', link: '/runtimes' },
              { text: 'Speed', link: '/speed' },
            ],
          },
          {
            text: 'Inside',
            items: [
              { text: 'Architecture', link: '/architecture' },
              { text: 'Decisions', link: '/decisions/' },
            ],
          },
        ],
      },
    ],
    sidebar: {
      '/guide/': sidebar,
      '/how/': sidebar,
      '/systems/': sidebar,
      '/protocols/': sidebar,
      '/errors': sidebar,
      '/api/': apiSidebar,
    },
    // Built into the site: a search asks nobody else.
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    footer: { message: 'MIT licensed. A holdfast is what anchors kelp to rock.' },
  },
});
