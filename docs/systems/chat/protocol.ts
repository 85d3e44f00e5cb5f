// #region wire
/** What a member says: one JSON object in one text message. */
export type ChatRequest =
  /** `id` is the member's own mark: it comes back in `said`, so that a member knows its message is in the room. */
  | { type: 'say'; text: string; id?: string }
  | { type: 'rename'; name: string }
  /** Asks for a `probe-reply` at once: a browser cannot send a WebSocket ping, so this is its heartbeat. */
  | { type: 'probe' };

/** What happens in the room, the same for all and in one order. */
export type Entry =
  | { type: 'joined'; name: string }
  | { type: 'left'; name: string }
  | { type: 'renamed'; name: string; was: string }
  | { type: 'said'; from: string; text: string; id?: string };

/** What a member hears: first who it is, who is in and what was said before, then every entry from its own `joined` on. */
export type ChatReply =
  | { type: 'welcome'; name: string; members: string[]; history: Entry[] }
  | Entry
  | { type: 'probe-reply' }
  | ChatFault;

/** Why a request was not carried out. */
export interface ChatFault {
  type: 'error';
  code: 'binary' | 'not-json' | 'unknown-type' | 'empty' | 'too-long' | 'not-a-string';
  message: string;
}
// #endregion wire

/** Limits of texts in UTF-16 code units, as `String.length` counts, and of the history in entries. */
export const chatLimits = { textLength: 2000, nameLength: 32, idLength: 64, history: 50 } as const;
