import type { BenchEnd, BenchEvent } from '../play/bench.ts';
import { Queue } from '../play/queue.ts';
import type { AppAct } from '../row/row.ts';
import { Change } from './change.ts';

/** How a connection ended, as an app is told. */
export type AppOutcome = Omit<BenchEnd, 'transport'>;

/** Our side of a TCP connection: an app that echoes. */
export interface App {
  readonly log: AppLog;
  act(act: AppAct): Promise<void>;
  /** Drops everything, after the row. */
  abandon(): void;
}

/** What an app was told. */
export class AppLog {
  readonly change: Change = new Change();
  readonly messages: Queue<BenchEvent> = new Queue();
  /** There once the end was told. */
  outcome: AppOutcome | undefined;

  hear(data: string | Uint8Array): void {
    const isText = typeof data === 'string';
    const bytes = isText ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.messages.push({ type: isText ? 'text' : 'binary', bytes });
    this.change.tell();
  }

  end(outcome: AppOutcome): void {
    this.outcome = outcome;
    this.change.tell();
  }
}
