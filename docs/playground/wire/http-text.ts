/** A head of HTTP as it is shown. */
export interface ShownHead {
  readonly startLine: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** What stands behind it: the body of a refusal. */
  readonly body: string;
}

/** Splits the text of a head, and of the body behind it; it judges nothing. */
export function splitHead(text: string): ShownHead {
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, Math.max(0, colon)), value: line.slice(colon + 1).trim() };
  });
  return { startLine, headers, body: end < 0 ? '' : text.slice(end + 4) };
}

/** The value of a header, by its name in any case. */
export function headerOf({ headers }: ShownHead, name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}
