import { createContentLoader } from 'vitepress';

/** A decision as the index lists it. */
export interface Decision {
  readonly url: string;
  readonly title: string;
}

declare const data: Decision[];
export { data };

/** Every page of this folder that is named by a number, in that order, under its own heading. */
export default createContentLoader('decisions/[0-9]*.md', {
  includeSrc: true,
  transform: (pages): Decision[] =>
    pages
      .map(({ url, src }) => ({ url, title: /^# (.+)$/m.exec(src ?? '')?.[1] ?? url }))
      .sort((a, b) => a.url.localeCompare(b.url)),
});
