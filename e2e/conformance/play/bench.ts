import type { AppAct, EndStep, HeardEvent, Role, SendStep } from '../row/row.ts';
import type { ReadFrame } from '../wire/frame-reader.ts';

/** An event as a bench hands it over; a message is its kind and its bytes. */
export type BenchEvent =
  | { readonly type: 'text' | 'binary' | 'ping' | 'pong'; readonly bytes: Buffer }
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  | { readonly type: 'fault'; readonly error: string };

/** How a connection ended: what our app was told, and what became of the transport. */
export interface BenchEnd {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  /** The code of the error, '' for none. */
  readonly error: string;
  /** `in order`, or in words what was wrong with it. */
  readonly transport: string;
}

/** Why nothing more comes. */
export interface Nothing {
  readonly nothing: string;
}

/** Our side in one role with the hands of its peer: over TCP, or a Protocol without I/O. */
export interface Bench {
  readonly role: Role;
  /** How many messages of an exchange are played. */
  readonly maxExchanged: number;
  /** Whether our side tells this: an app hears messages only. */
  tells(event: HeardEvent): boolean;
  /** The peer writes. */
  write(bytes: Buffer, how?: Pick<SendStep, 'chopBytes' | 'isBurst'>): Promise<void>;
  /** The peer ends or resets TCP. */
  cut(how: 'end' | 'reset'): Promise<void>;
  /** Our app does something. */
  act(act: AppAct): Promise<void>;
  /** What our side sent next. */
  nextFrame(): Promise<ReadFrame | Nothing>;
  /** What our side heard next. */
  nextEvent(): Promise<BenchEvent | Nothing>;
  /** Waits until all that is under way has arrived; answers what nobody asked for, '' for nothing. */
  settle(): Promise<string>;
  /** Plays the end of the connection. */
  end(step: EndStep): Promise<BenchEnd>;
}
