/** What a member sends to `/chat`: one JSON object in one text message. */
export type ChatRequest =
  /** `id` is the member's own mark: it comes back in `said`, so that a member knows its message arrived. */
  | { type: 'say'; text: string; id?: string }
  | { type: 'rename'; name: string }
  /** Asks for a `probe-reply` at once: a browser cannot send a WebSocket ping, so this is its heartbeat. */
  | { type: 'probe' };

/** What `/chat` sends to a member: one JSON object in one text message. */
export type ChatReply =
  | { type: 'welcome'; name: string; members: string[] }
  | { type: 'joined'; name: string; members: string[] }
  | { type: 'left'; name: string; members: string[] }
  | { type: 'renamed'; name: string; was: string; members: string[] }
  | { type: 'said'; from: string; text: string; id?: string }
  | { type: 'probe-reply' }
  | ChatFault;

/** Why a request was not carried out; the connection stays open. */
export interface ChatFault {
  type: 'error';
  code: 'binary' | 'not-json' | 'unknown-type' | 'empty' | 'too-long' | 'not-a-string' | 'name-taken';
  message: string;
}

/** Limits in UTF-16 code units, as `String.length` counts. */
export const chatLimits = { textLength: 2000, nameLength: 32, idLength: 64 } as const;
