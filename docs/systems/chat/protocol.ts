// #region wire
/** What a member says: one JSON object in a text message. `id` is a mark of its own, which comes back with what it said. */
export interface Say {
  type: 'say';
  text: string;
  id?: string;
}

/** What happens in the room, the same for all and in one order. */
export type Entry =
  | { type: 'joined'; name: string }
  | { type: 'left'; name: string }
  | { type: 'said'; from: string; text: string; id?: string };

/** What a member hears: first who it is and what was said before it came, then every entry from its own `joined` on. */
export type Heard = { type: 'welcome'; name: string; history: Entry[] } | Entry;
// #endregion wire

/** Limits in UTF-16 code units, as `String.length` counts. */
export const limits = { text: 2000, name: 32, id: 64, history: 50 } as const;

/** What a member said; `undefined` for anything else. */
export function parseSay(data: string | Uint8Array): Say | undefined {
  try {
    const { type, text, id } = JSON.parse(String(data)) as Partial<Say>;
    const isRight = type === 'say' && isText(text, limits.text) && (id === undefined || isText(id, limits.id));
    return isRight && typeof data === 'string' ? { type, text, ...(id !== undefined && { id }) } : undefined;
  } catch {
    return undefined;
  }
}

/** The name that a URL asks for, or one that says nothing. */
export function nameOf(url: string): string {
  const name = new URL(url, 'ws://room').searchParams.get('name')?.trim();
  return isText(name, limits.name) ? name : 'Guest';
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest;
}
