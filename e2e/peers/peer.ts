import type { CompressionOptions } from '@holdfast/node';
import type { Notes } from './notes.ts';

/**
 * A program of other people's making, at the other end of a line. Whatever it is written in, it echoes each message, and
 * does what a text that begins with `!` tells it:
 *
 * - `!close [code [reason]]`: closes, with an empty close frame where there is no code;
 * - `!send text|binary <bytes>`: sends a message of so many bytes;
 * - `!fragments <n>`: sends all that follows in n fragments or more;
 * - `!ping <payload>`: sends a ping.
 *
 * It speaks the sub-protocol `chat.v2` and no other. It takes messages of up to 16 MiB, and 64 KiB more where it counts what
 * compression made of them. As a server it answers a handshake for `/refuse/<status>` with that status. What happens to it,
 * it tells as notes. Compressed, it compresses every message.
 */
export interface Peer {
  /** As people call it. */
  readonly name: string;
  readonly role: 'server' | 'client';
  /** The authority behind the certificate of a server that speaks TLS. */
  readonly ca?: string;
  /** What it does in another way than most, each shown by a check to be so. */
  readonly quirks: Quirks;
  /** The version that is here, or what is missing and how to get it. */
  find(): Promise<Presence>;
  start(compression: boolean): Promise<RunningPeer>;
}

/** Who stands against whom, for people. */
export function pairOf({ role, name }: Peer): string {
  return `${role === 'server' ? 'our client' : 'our server'} and ${name}`;
}

/** Whether a peer is on this machine. */
export type Presence = { readonly version: string } | { readonly missing: string };

/** A peer that runs; whoever starts it stops it. */
export interface RunningPeer {
  readonly notes: Notes;
  /** Where a server listens; '' for a client. */
  readonly url: string;
  /** Lets a client dial. */
  dial(url: string, protocols: readonly string[]): void;
  /** Kills it as the system would, without a last word. */
  kill(): Promise<void>;
  /** Ends it and all that belongs to it. */
  stop(): Promise<void>;
}

/** What a peer does in another way than most; nothing, where it is empty. */
export interface Quirks {
  /** Why it cannot be brought to follow a command; a check shows that it does not. */
  readonly cannot?: (command: string) => string | undefined;
  /** Close codes that it takes for an error, though they may travel; it answers 1002. */
  readonly refusedCodes?: readonly number[];
  /** What comes of compression that it cannot do: the code of our error, or what a client complains of. */
  readonly failsWith?: (compression: CompressionOptions) => string | undefined;
  /** It offers compression whatever it is told. */
  readonly alwaysCompresses?: boolean;
  /** It sends every long message in fragments. */
  readonly fragmentsAlways?: boolean;
  /** It drops the line right behind its 1009, with our message unread, so that the code may not reach us. */
  readonly dropsOverLimit?: boolean;
  /** It does not say which extensions were agreed. */
  readonly hidesExtensions?: boolean;
  /** It is not told by which status its handshake was refused. */
  readonly hidesStatus?: boolean;
}
