import type { CompressionOptions } from '@holdfast/node';
import type { Note, NoteOf } from '../notes.ts';
import type { Peer } from '../peer.ts';
import type { BareEnd } from './bare-end.ts';
import type { OurEnd } from './our-end.ts';
import type { Tap } from './tap.ts';

/** Where a check runs: one peer, compressed or not, and ends of ours that are the other side. */
export interface Bench {
  readonly peer: Peer;
  readonly compression: boolean;
  /** A new line between an end of ours and the peer. */
  open(options?: LineOptions): Promise<Line>;
  /** The same through a tap. */
  openTapped(): Promise<Line & { readonly tap: Tap }>;
  /** A new line whose end of ours is the bare Protocol; it is not compressed. */
  openBare(): Promise<BareLine>;
  /** A handshake that whoever is the server refuses with this status. */
  refuse(status: number): Promise<Refusal>;
  /** Kills the peer; the next line starts another. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** What a line is opened with. */
export interface LineOptions {
  /** The sub-protocols that the client offers; a server of ours speaks `chat.v2`, as the peers do. */
  readonly protocols?: readonly string[];
  /** How our end compresses; as the bench does, where it is left out. */
  readonly compression?: boolean | CompressionOptions;
  /** How many fragments of one message our end takes. */
  readonly maxFragments?: number;
}

/** The limits that the options of a line give an end of ours. */
export function limitsOf({ maxFragments }: LineOptions): { readonly maxFragments?: number } {
  return maxFragments === undefined ? {} : { maxFragments };
}

/** One connection. */
export interface Line {
  readonly ours: OurEnd;
  /** Tells the peer to do something, see `Peer`. */
  order(command: string): void;
  /** What the peer tells of this line. */
  told: Told;
}

/** A connection of the bare Protocol. */
export interface BareLine {
  readonly ours: BareEnd;
  told: Told;
}

/** The next note of a line that tells this. */
export type Told = <What extends Note['told']>(what: What) => Promise<NoteOf<What>>;

/** What is made of a refused handshake: the error of our end, and the status that the client was told. */
export interface Refusal {
  readonly error: string | undefined;
  readonly status: number | undefined;
}
