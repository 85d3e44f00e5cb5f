/** What travels between two ends, as docs/protocols/rpc.md has it: the first four by who calls, the others by who answers. */
export type Envelope =
  | { readonly rpc: 'call'; readonly id: number; readonly method: string; readonly params?: unknown }
  | {
      readonly rpc: 'stream';
      readonly id: number;
      readonly method: string;
      readonly params?: unknown;
      readonly credit: number;
    }
  | { readonly rpc: 'more'; readonly id: number; readonly credit: number }
  | { readonly rpc: 'cancel'; readonly id: number }
  | { readonly rpc: 'answer'; readonly id: number; readonly result?: unknown }
  | { readonly rpc: 'item'; readonly id: number; readonly item?: unknown }
  | { readonly rpc: 'end'; readonly id: number }
  | { readonly rpc: 'error'; readonly id: number; readonly error: string; readonly data?: unknown };

/** The most items that may be granted and not yet sent. */
export const maxCredit = 1024;

const words: readonly unknown[] = ['call', 'stream', 'more', 'cancel', 'answer', 'item', 'end', 'error'];

/** The envelope in a message, or nothing where it is none and so the app's. Of its members only `rpc` and `id` are sure. */
export function readEnvelope(data: unknown): Envelope | undefined {
  const value = (typeof data === 'string' ? parse(data) : data) as Partial<Envelope> | null | undefined;
  const isEnvelope = words.includes(value?.rpc) && Number.isSafeInteger(value?.id) && (value?.id as number) > 0;
  return isEnvelope ? (value as Envelope) : undefined;
}

/** Whether a message is one of a call, and not the app's. */
export function isRpcMessage(data: unknown): boolean {
  return readEnvelope(data) !== undefined;
}

/** Whether this many items may be granted at once. */
export function isCredit(credit: unknown): credit is number {
  return Number.isInteger(credit) && (credit as number) > 0 && (credit as number) <= maxCredit;
}

function parse(text: string): unknown {
  // Most messages of an app are told apart without being parsed.
  if (!text.startsWith('{') || !text.includes('"rpc"')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
