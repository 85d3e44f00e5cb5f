/** The front matter of a page, and headings of which each names something: what one searches for, and no `Properties`. */
export function finishPage(contents: string): string {
  const body = contents
    .replaceAll(/^#{4,6} Call Signature\n+/gm, '')
    .replaceAll(/^#{4,6} (Extends|Extended by|Implements)\n\n((?:- .*\n)+)/gm, (_all, how: string, names: string) => {
      return `${how} ${names.trim().replaceAll(/^- /gm, '').replaceAll('\n', ', ')}.\n`;
    })
    .replaceAll(/^#{4,6} (Accessors|Constructors|Methods|Properties)$/gm, '**$1**')
    .replaceAll(/^#{4,6} Constructor\n+/gm, '')
    .replaceAll(/^#{4,6} (Type Declaration|Union Members|Indexable)$/gm, '**$1**')
    .replaceAll(/^#####(#?) /gm, '####$1 ');
  return `---\npageClass: reference\neditLink: false\n---\n\n${body}`;
}
