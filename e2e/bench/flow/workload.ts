import { jsonMessages } from '../compression/messages.ts';

/** What a client does in one round, and what its peer does. */
export interface Workload {
  /**
   * Sends; receives once it has asked; sends and gets the same back; says one thing and gets `count` answers, on each
   * connection; or only opens.
   */
  readonly kind: 'send' | 'receive' | 'echo' | 'converse' | 'open';
  /** How long each message is, in bytes. */
  readonly size: number;
  readonly isText: boolean;
  /** How many messages a round has, where the round does not say it. */
  readonly count?: number;
  /** The messages are a feed of JSON instead, and compressed. */
  readonly isFeed?: boolean;
}

/** How many messages a feed has before it begins anew, and how many trades the longest of them has. */
const feedMessages = 1400;
const mostTrades = 7;

/** A workload in a few words. */
export function nameOf({ kind, size, isText }: Workload): string {
  return `${kind} ${showBytes(size)} ${isText ? 'text' : 'binary'}`;
}

/** The message of a workload: text in ASCII, or bytes that are none. */
export function messageOf({ size, isText }: Workload): string | Uint8Array {
  return isText ? 'kelp '.repeat(Math.ceil(size / 5)).slice(0, size) : new Uint8Array(size).fill(0xe7);
}

/** All that is sent, one after the other and from the start again. */
export function messagesOf(workload: Workload): readonly (string | Uint8Array)[] {
  return workload.isFeed ? feed() : [messageOf(workload)];
}

let made: readonly string[] | undefined;

/** JSON from 139 bytes to 1 KiB, the lengths mixed; the same list each time, which all connections share. */
export function feed(): readonly string[] {
  made ??= makeFeed();
  return made;
}

function makeFeed(): readonly string[] {
  const ofLength = Array.from({ length: mostTrades }, (_, at) => jsonMessages(feedMessages / mostTrades, at + 1));
  return Array.from({ length: feedMessages }, (_, at) => {
    return ofLength[(at * 3) % mostTrades]![Math.floor(at / mostTrades)]!.toString();
  });
}

/** A length as people say it. */
export function showBytes(bytes: number): string {
  if (bytes >= 2 ** 20) return `${bytes / 2 ** 20} MiB`;
  return bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;
}
