/** The front matter of a page, and headings of which each names something: what one searches for, and no `Properties`. */
export function finishPage(contents: string): string {
  const body = contents
    .replaceAll(/^###### Call Signature\n+/gm, '')
    .replaceAll(/^#{4,6} (Accessors|Constructors|Methods|Properties|Extends|Extended by|Implements)$/gm, '**$1**')
    .replaceAll(/^#{4,6} (Type Declaration|Union Members|Indexable|Call Signature)$/gm, '**$1**')
    .replaceAll(/^#####(#?) /gm, '####$1 ');
  return `---\npageClass: reference\neditLink: false\n---\n\n${body}`;
}
