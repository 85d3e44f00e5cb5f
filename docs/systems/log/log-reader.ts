import { type Client, type ClientState, connect } from '@holdfast/web';
import { shallowReactive } from 'vue';
import type { LogReply, LogRequest } from './log-protocol.ts';
import { ResumePoint } from './resume-point.ts';

/** What the page shows. */
export interface LogView {
  state: ClientState['name'] | undefined;
  /** Goes up with each change of the lines, which are too many to be watched one by one. */
  version: number;
  isPaused: boolean;
  filter: string;
  rotations: number;
}

/** Longer lists lose their oldest lines. */
const maxLines = 200_000;

/** So many lines may be on their way: the next are asked for when these have been drawn. */
const windowLines = 4000;

/** The life of the page: a client, the lines that came, and which of them are shown. */
export class LogReader {
  readonly view: LogView = shallowReactive({ state: undefined, version: 0, isPaused: false, filter: '', rotations: 0 });
  /** All lines, and those that hold the filter. */
  lines: string[] = [];
  shown: string[] = [];
  readonly #client: Client;
  readonly #resume = new ResumePoint();
  #onTheirWay = 0;

  // #region reader
  constructor(server: string) {
    this.#client = connect(() => `${server}/log${this.#resume.query}`, {
      heartbeat: { probe: { message: '{"type":"probe"}', isReply: (message) => message === '{"type":"probe-reply"}' } },
      reconnect: { minDelayMs: 400, maxDelayMs: 4000 },
    });
    for (const type of ['connecting', 'open', 'disconnected', 'waiting', 'closed'] as const) {
      this.#client.on(type, () => {
        this.view.state = this.#client.state.name;
      });
    }
    this.#client.on('open', () => {
      this.#resume.reopen();
      this.#onTheirWay = 0;
      this.askForMore();
    });
    this.#client.on('message', ({ data }) => this.#hear(JSON.parse(String(data)) as LogReply));
  }

  /** Asks for as many lines as may be on their way; called when those that came have been drawn. */
  askForMore(): void {
    const lines = windowLines - this.#onTheirWay;
    if (this.view.isPaused || this.#client.state.name !== 'open' || lines < windowLines / 2) return;
    this.#onTheirWay += lines;
    this.ask({ type: 'more', lines });
  }
  // #endregion reader

  ask(request: LogRequest): void {
    this.#client.send(JSON.stringify(request));
  }

  /** No more lines are asked for: the server reads the file no further, and nothing is kept for us anywhere. */
  pause(isPaused: boolean): void {
    this.view.isPaused = isPaused;
    this.askForMore();
  }

  setFilter(text: string): void {
    this.view.filter = text;
    this.shown = text === '' ? this.lines : this.lines.filter((line) => line.includes(text));
    this.view.version++;
  }

  clear(): void {
    this.lines = [];
    this.setFilter(this.view.filter);
  }

  dispose(): void {
    this.#client.close().catch(() => undefined);
  }

  #hear(reply: LogReply): void {
    switch (reply.type) {
      case 'lines':
        this.#onTheirWay -= reply.lines.length;
        return this.#add(this.#resume.take(reply));
      case 'rotated':
        this.#resume.rotate();
        this.view.rotations++;
        return this.#add(['— the log was rotated —']);
      case 'probe-reply':
        return;
    }
  }

  #add(lines: readonly string[]): void {
    const { filter } = this.view;
    this.lines.push(...lines);
    if (this.lines.length > maxLines) this.lines.splice(0, this.lines.length - maxLines);
    if (filter === '') this.shown = this.lines;
    else this.shown.push(...lines.filter((line) => line.includes(filter)));
    if (this.shown.length > maxLines) this.shown.splice(0, this.shown.length - maxLines);
    this.view.version++;
  }
}
