import type { ContenderName } from '../../result.ts';
import type { Workload } from '../workload.ts';

/** A client among those that are compared, used as its users would. */
export interface Contender<Socket> {
  readonly name: ContenderName;
  /** Opens a connection; with a feed, all that it sends is compressed. */
  dial(url: string, options: Pick<Workload, 'isFeed'>): Promise<Socket>;
  /** Closes it, and resolves when it is closed. */
  hangUp(socket: Socket): Promise<unknown>;
  /** What carries the messages of a workload. */
  lineOf(socket: Socket, workload: Workload): Line;
}

/** An open connection, as the bench uses it. */
export interface Line {
  /** Sends so many of the workload's messages, the next ones each time. */
  sendMany(count: number): void;
  /** Sends so many as well, and resolves in a later turn, when the line takes more without piling it up. */
  sendTurn(count: number): Promise<void>;
  /** Sends one byte, upon which the peer begins. */
  ask(): void;
  /** Calls back for so many messages at a time as the contender tells of. */
  onMessages(listener: (count: number) => void): void;
}

/** What a line asks by. */
export const question: Buffer = Buffer.from('?');

/** With more than this in a buffer, a line is given no more, in bytes. */
export const fullBytes: number = 1024 * 1024;

/** Resolves in the next turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** Hands out messages one after the other, and begins anew after the last. */
export function inTurn<T>(messages: readonly T[]): () => T {
  let at = 0;
  return () => {
    const message = messages[at]!;
    at = at + 1 === messages.length ? 0 : at + 1;
    return message;
  };
}
