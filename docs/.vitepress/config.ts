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
      { text: 'Compression', link: '/guide/compression' },
      { text: 'WebSocket class', link: '/guide/web-socket' },
      { text: 'Server', link: '/guide/server' },
      { text: 'Testing your app', link: '/guide/testing' },
    ],
  },
  {
    text: 'Protocols',
    items: [
      { text: 'Delivery, version 1', link: '/protocols/delivery' },
      { text: 'Calls on the wire', link: '/protocols/rpc' },
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
      { text: 'Playground', link: '/playground' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
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
          { text: 'Delivery protocol', link: '/protocols/delivery' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Decisions', link: '/decisions/' },
        ],
      },
    ],
    sidebar: { '/guide/': sidebar, '/protocols/': sidebar, '/api/': apiSidebar },
    // Built into the site: a search asks nobody else.
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    footer: { message: 'MIT licensed. A holdfast is what anchors kelp to rock.' },
  },
});
