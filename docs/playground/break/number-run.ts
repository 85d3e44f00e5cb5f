import type { ClientEvent, ConnectOptions } from '@holdfast/web';
import { reactive } from 'vue';
import { ClientSession } from '../session/client-session.ts';
import type { Dial } from '../session/target.ts';

/** What became of numbered messages that an echo gives back. */
export interface RunCounts {
  sent: number;
  /** Numbers that came back, each counted once. */
  received: number;
  /** Acknowledged by the other end; only with delivery. */
  acknowledged: number;
  /** Numbers below one that came back which never did, and those given up: a line keeps its order. */
  lost: number;
  /** How often a number came back that had come back before. */
  doubled: number;
}

/** Back quickly, for the run is to break often. */
const reconnect = { minDelayMs: 100, maxDelayMs: 400 };

/** A client that sends 1, 2, 3 … to an echo, and counts what comes back. */
export class NumberRun {
  readonly session: ClientSession = new ClientSession();
  readonly counts: RunCounts = reactive({ sent: 0, received: 0, acknowledged: 0, lost: 0, doubled: 0 });
  readonly #hasDelivery: boolean;
  readonly #back = new Set<number>();
  #highest = 0;
  #givenUp = 0;
  /** Which run's messages count: those of the run before may still come. */
  #life = 0;

  constructor(hasDelivery: boolean) {
    this.#hasDelivery = hasDelivery;
    this.session.listen((event) => this.#hear(event));
  }

  /** Begins anew, at 1. */
  start(dial: Dial, more: ConnectOptions = {}): void {
    this.#life++;
    this.#back.clear();
    this.#highest = this.#givenUp = 0;
    Object.assign(this.counts, { sent: 0, received: 0, acknowledged: 0, lost: 0, doubled: 0 });
    this.session.connect(dial, { reconnect, outbox: {}, ...more });
  }

  sendNext(): void {
    const life = this.#life;
    const receipt = (cause?: string) => {
      if (life !== this.#life) return;
      if (cause === undefined) this.counts.acknowledged++;
      else this.#giveUp();
    };
    const sent = this.session.send(String(this.counts.sent + 1), this.#hasDelivery ? { receipt } : undefined);
    if (sent) this.counts.sent++;
  }

  #hear(event: ClientEvent): void {
    if (event.type !== 'message') return;
    const number = Number(event.data);
    if (this.#back.has(number)) this.counts.doubled++;
    this.#back.add(number);
    this.#highest = Math.max(this.#highest, number);
    this.counts.received = this.#back.size;
    this.#countLost();
  }

  #giveUp(): void {
    this.#givenUp++;
    this.#countLost();
  }

  #countLost(): void {
    this.counts.lost = this.#highest - this.#back.size + this.#givenUp;
  }
}
