import type { Workload } from './workload.ts';

/** An open connection of one contender, as the bench uses it. */
export interface Line {
  /** Sends the workload's message so often, in one turn. */
  sendMany(count: number): void;
  /** Resolves when the line takes more without piling it up. */
  ready(): Promise<void>;
  /** Calls back for so many messages at a time as the contender tells of. */
  onMessages(listener: (count: number) => void): void;
  close(): void;
}

/** One of those who are compared. */
export interface Contender {
  readonly name: string;
  /** Opens a line for a workload. */
  open(url: string, workload: Workload): Promise<Line>;
}

/** With more than this in a buffer, a line is given no more, in bytes. */
export const fullBytes: number = 1024 * 1024;

/** Waits, turn by turn, until a buffer that does not tell has less in it. */
export async function untilBelow(buffered: () => number): Promise<void> {
  do await new Promise((resolve) => void setImmediate(resolve));
  while (buffered() > fullBytes);
}
