import { Changes } from '../changes.ts';
import { formatNumbered, parseNumbered } from '../message.ts';
import { type ClientEnd, type ClientName, type ClientOptions, clients } from './client-end.ts';

/** What a client has told so far. */
export interface Account {
  readonly opens: number;
  readonly ends: number;
  /** Heartbeats that were answered. */
  readonly answers: number;
  /** Messages told as uncertain, all ends together; `undefined` where the client never says. */
  readonly uncertain?: number;
  /** Why each line ended, as far as it was told. */
  readonly reasons: readonly string[];
  /** From the last sign of life that the client told to the last end, in ms. */
  readonly silentMs: number;
  /** The numbers of the messages that arrived. */
  readonly received: readonly number[];
}

/** The least that a client must have told. */
export type Milestone = Partial<Pick<Account, 'opens' | 'ends' | 'answers'>> & {
  /** How many messages arrived. */
  readonly messages?: number;
};

/** One client, wherever it runs: all that goes in and comes out is plain data. */
export class ClientDriver {
  readonly #client: ClientEnd;
  readonly #changes = new Changes();
  readonly #received: number[] = [];
  readonly #reasons: string[] = [];
  #opens = 0;
  #ends = 0;
  #answers = 0;
  #uncertain: number | undefined;
  #heardMs = 0;
  #silentMs = 0;

  constructor(name: ClientName, url: string, options: ClientOptions) {
    this.#client = clients[name](
      url,
      {
        onOpen: () => this.#hear(() => this.#opens++),
        onAnswer: () => this.#hear(() => this.#answers++),
        onMessage: (text) => this.#hear(() => this.#received.push(parseNumbered(text))),
        onEnd: (uncertain, why) => this.#end(uncertain, why),
      },
      options,
    );
  }

  /** Sends these, filled up to this length. */
  send(numbers: readonly number[], length?: number): void {
    for (const number of numbers) this.#client.send(formatNumbered(number, length));
  }

  /** Keeps this thread from all else for so long. */
  keepBusy(ms: number): void {
    const endMs = performance.now() + ms;
    while (performance.now() < endMs);
  }

  account(): Account {
    return {
      opens: this.#opens,
      ends: this.#ends,
      answers: this.#answers,
      ...(this.#uncertain !== undefined && { uncertain: this.#uncertain }),
      reasons: this.#reasons,
      silentMs: this.#silentMs,
      received: this.#received,
    };
  }

  /** Waits until it has told so much, and answers all that it told. */
  async until(milestone: Milestone): Promise<Account> {
    const { opens = 0, ends = 0, answers = 0, messages = 0 } = milestone;
    const isReached = () =>
      this.#opens >= opens && this.#ends >= ends && this.#answers >= answers && this.#received.length >= messages;
    await this.#changes.until(
      isReached,
      `${JSON.stringify(milestone)} of a client that told ${JSON.stringify(this.account())}`,
    );
    return this.account();
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #hear(note: () => void): void {
    note();
    this.#heardMs = performance.now();
    this.#changes.tell();
  }

  #end(uncertain: number | undefined, why: string | undefined): void {
    this.#ends++;
    this.#silentMs = performance.now() - this.#heardMs;
    if (uncertain !== undefined) this.#uncertain = (this.#uncertain ?? 0) + uncertain;
    if (why) this.#reasons.push(why);
    this.#changes.tell();
  }
}
