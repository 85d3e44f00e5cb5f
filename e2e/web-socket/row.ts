/** The class that is looked at: of holdfast, of Node itself, or of a browser. */
export type WebSocketClass = typeof globalThis.WebSocket;

/** What a row works with. */
export interface Bench {
  readonly WebSocket: WebSocketClass;
  /** Where the server of the rows listens: `ws://127.0.0.1:21000`. */
  readonly server: string;
  /** A page has a base for relative URLs. */
  readonly isPage: boolean;
}

/** Looks at one thing; throws or rejects where it is not as the standard says. */
export type Look = (bench: Bench) => unknown;

/** One thing that the WHATWG WebSockets standard says, or a standard that it stands on. */
export interface Row {
  /** The section, such as `constructor` or `send()`. */
  readonly rule: string;
  readonly name: string;
  readonly look: Look;
}

/** The rows of a section, by their names. */
export function rowsOf(rule: string, looks: Readonly<Record<string, Look>>): readonly Row[] {
  return Object.entries(looks).map(([name, look]) => ({ rule, name, look }));
}

/** One look for each entry of a table, which stands in the name as JSON or as its first member. */
export function each<Entry extends readonly [name: string, ...rest: unknown[]]>(
  entries: readonly Entry[],
  nameOf: (name: string) => string,
  look: (bench: Bench, entry: Entry) => unknown,
): Record<string, Look> {
  return Object.fromEntries(entries.map((entry) => [nameOf(entry[0]), (bench: Bench) => look(bench, entry)]));
}
