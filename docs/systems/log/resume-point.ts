import type { LogReply } from './log-protocol.ts';

/** Where a reader goes on after a broken line, so that it misses no line and sees none twice. */
export class ResumePoint {
  #next: string | undefined;
  /** Lines behind that place that have come. */
  #since = 0;
  #skip = 0;

  /** The query of the next dial. */
  get query(): string {
    return this.#next === undefined ? '' : `?from=${this.#next}`;
  }

  /** A new connection is open: it begins with what had come behind the place. */
  reopen(): void {
    this.#skip = this.#since;
    this.#since = 0;
  }

  /** The lines of a message that have not come before. */
  take(reply: LogReply & { readonly type: 'lines' }): readonly string[] {
    this.#since = reply.next === undefined ? this.#since + reply.lines.length : 0;
    this.#next = reply.next ?? this.#next;
    const lines = reply.lines.slice(this.#skip);
    this.#skip = Math.max(0, this.#skip - reply.lines.length);
    return lines;
  }

  /** Another file has taken the place: nothing of it has come before. */
  rotate(): void {
    this.#skip = 0;
    this.#since = 0;
  }
}
