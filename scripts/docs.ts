// Builds the site with its reference into docs/.vitepress/dist: `npm run docs`.
import { buildSite } from './start/build-site.ts';

console.log(`docs/.vitepress/dist: ${await buildSite()}`);
