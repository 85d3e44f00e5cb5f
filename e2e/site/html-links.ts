/** What a page of HTML offers to links, and what it links to; the page is one that a build wrote, not one of a stranger. */
export interface HtmlLinks {
  /** Every anchor, as it stands behind `#` once decoded. */
  readonly anchors: ReadonlySet<string>;
  /** Every address that a tag names: links, scripts, styles, pictures. */
  readonly addresses: readonly string[];
  /** Every text of the code kind that names a file of this repository. */
  readonly sources: readonly string[];
}

const addressNames = new Set(['href', 'src', 'action', 'poster']);

/** Reads all tags of a page. */
export function readHtmlLinks(html: string): HtmlLinks {
  const anchors = new Set<string>();
  const addresses: string[] = [];
  for (const [tag] of html.matchAll(/<[a-z][^<>]*>/g)) {
    for (const [, name = '', value = ''] of tag.matchAll(/\s([a-z-]+)="([^"]*)"/g)) {
      if (name === 'id' || (name === 'name' && tag.startsWith('<a '))) anchors.add(unescapeHtml(value));
      if (addressNames.has(name)) addresses.push(unescapeHtml(value));
    }
  }
  // NNNN stands for a number in the name of a file that is to be made.
  const sources = [
    ...html.matchAll(/<code>((?:packages|e2e|scripts|docs|\.ci)\/(?!NNNN|\S*\/NNNN)[\w./-]+)<\/code>/g),
  ].map(([, path = '']) => path);
  return { anchors, addresses, sources };
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
