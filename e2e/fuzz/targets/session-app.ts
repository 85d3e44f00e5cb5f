import {
  HoldfastError,
  type Outgoing,
  type SendOptions,
  type SessionClient,
  type UrlSource,
} from '@holdfast/core/adapter';
import type { Script } from '../engine/script.ts';
import { attempt, checkKind, hold, holdSame } from '../engine/target.ts';
import { FakeSignal } from './fake-signal.ts';
import { numbered, type SessionModel } from './session-model.ts';

/** All that a client tells. */
export const eventTypes = [
  'connecting',
  'open',
  'message',
  'latency',
  'drain',
  'disconnected',
  'waiting',
  'dropped',
  'error',
  'closed',
] as const;

/** What an app acts upon, and what watches it. */
interface Stage {
  readonly client: SessionClient<string | Uint8Array, Outgoing>;
  readonly model: SessionModel;
}

/** An app that does what a script says, in listeners too. */
export class SessionApp {
  readonly signal = new FakeSignal();
  isPaused = false;
  isOffline = false;
  /** Whether `shouldReconnect` throws. */
  isStubborn = false;
  readonly #script: Script;
  readonly #stage: Stage;
  readonly #otherSignals: FakeSignal[] = [];
  #urlMode: 'right' | 'throws' | 'wrong' | 'rejects' | 'never' = 'right';
  /** Promises of the client that have not settled. */
  #pending = 0;
  /** The send that is under way, and how deep listeners act within listeners. */
  #sending: number | undefined;
  #depth = 0;

  constructor(script: Script, stage: Stage) {
    this.#script = script;
    this.#stage = stage;
  }

  /** Where to dial, as the mode has it. */
  readonly urlSource: UrlSource = () => {
    const url = 'ws://test.example/from-a-function';
    switch (this.#urlMode) {
      case 'right':
        return this.#script.byte() % 2 === 0 ? url : Promise.resolve(url);
      case 'throws':
        throw new RangeError('the URL function of the script');
      case 'wrong':
        return 'no url';
      case 'rejects':
        return Promise.reject(new RangeError('the URL promise of the script'));
      case 'never':
        return new Promise(() => {});
    }
  };

  /** Does one thing, by this number and what follows it in the script. */
  act(op: number): void {
    const { client } = this.#stage;
    switch (op % 16) {
      case 0:
      case 1:
      case 2:
        return this.#send(this.#script.byte());
      case 3:
        return this.#refused(
          () => client.send(this.#script.pick(['\ud800', 42, null, {}]) as string),
          ['invalid-message', 'lone-surrogate'],
        );
      case 4:
        return this.#script.byte() % 8 === 0
          ? this.close(this.#script.pick([1000, 3000, 4999]), 'by the script')
          : undefined;
      case 5:
        return this.#refused(
          () => void client.close(this.#script.pick([1001, 0, 2999, 5000, Number.NaN, 1000]), 'x'.repeat(124)),
          ['invalid-close-code', 'invalid-close-reason'],
        );
      case 6:
        this.#stage.model.nudge();
        return client.reconnect();
      case 7:
        this.#stage.model.nudge();
        return client.wake();
      case 8:
        return this.#follow(client.ping());
      case 9:
        return this.#follow(client.drained());
      case 10:
        return this.#follow(client.once(this.#script.pick(eventTypes), this.#withSignal()));
      case 11:
        return this.#listen();
      case 12:
        return this.#iterate();
      case 13:
        return this.#changeMode();
      case 14:
        return this.#script.byte() % 4 === 0 ? client.rest() : undefined;
      default:
        if (this.#script.byte() % 16 === 0) {
          this.#stage.model.end();
          this.signal.abort();
        }
        return this.#script.pick(this.#otherSignals.length > 0 ? this.#otherSignals : [new FakeSignal()]).abort();
    }
  }

  #send(choice: number): void {
    const options = choice < 128 ? {} : this.#sendOptions();
    const [id, message] = this.#stage.model.begin(
      (number) => numbered(number, (choice & 1) === 0, choice % 40),
      this.#sending,
      options,
    );
    const outer = this.#sending;
    this.#sending = id;
    const answer = attempt(() => this.#stage.client.send(message, options));
    this.#sending = outer;
    if (!(answer instanceof HoldfastError)) return this.#stage.model.accept(id, answer);
    hold(['queue-full', 'client-closed'].includes(answer.code), () => `send threw ${answer.code}`);
    this.#stage.model.labels.add(`send: ${answer.code}`);
    this.#stage.model.refuse(id);
  }

  #sendOptions(): SendOptions {
    const ttlMs = this.#script.pick([undefined, 0, 50, 1000, 1e9]);
    const key = this.#script.pick([undefined, 'one', 'two']);
    return { ...(ttlMs !== undefined && { ttlMs }), key, ...this.#withSignal() };
  }

  #refused(call: () => unknown, codes: readonly string[]): void {
    const error = attempt(call);
    hold(error instanceof HoldfastError && codes.includes(error.code), () => `misuse came to ${String(error)}`);
    this.#stage.model.labels.add(error.code);
  }

  close(code: number, reason: string): void {
    this.#stage.model.end();
    this.#follow(this.#stage.client.close(code, reason));
  }

  /** Every promise settles, and rejects with a HoldfastError or the reason of an abort. */
  #follow(promise: Promise<unknown>): void {
    this.#pending++;
    promise
      .catch((error: unknown) => {
        if (!(error instanceof RangeError)) checkKind(error);
        this.#stage.model.labels.add(`rejected: ${(error as { code?: string }).code ?? 'aborted'}`);
      })
      .then(
        () => this.#pending--,
        (breach: unknown) => {
          this.#stage.model.onBreach(breach);
        },
      );
  }

  #withSignal(): { readonly signal?: FakeSignal } {
    if (this.#script.byte() % 2 === 0) return {};
    const signal = new FakeSignal();
    this.#otherSignals.push(signal);
    return { signal };
  }

  /** A listener that throws, rejects, or does something itself. */
  #listen(): void {
    const kind = this.#script.byte() % 6;
    this.#stage.client.on(
      this.#script.pick(eventTypes),
      () => {
        if (kind === 0) throw new RangeError('a listener of the script');
        if (kind === 1) return Promise.reject(new RangeError('a promise of a listener'));
        // Within limits: two that wake each other would never end, whatever the client does.
        if (this.#depth >= 3 || this.#script.isOver) return undefined;
        this.#depth++;
        try {
          this.act(this.#script.byte());
        } catch (error) {
          this.#stage.model.onBreach(error);
        }
        this.#depth--;
        return undefined;
      },
      { once: kind === 2, ...this.#withSignal() },
    );
  }

  #iterate(): void {
    const steps = this.#script.byte() % 4;
    const messages = this.#stage.client[Symbol.asyncIterator]();
    const read = async () => {
      for (let step = 0; step < steps; step++) if ((await messages.next()).done) return;
      await messages.return(undefined);
    };
    this.#follow(read());
  }

  #changeMode(): void {
    const choice = this.#script.byte();
    if (choice % 4 === 0) this.isPaused = !this.isPaused;
    if (choice % 4 === 3) this.isOffline = !this.isOffline;
    if (choice % 4 === 1) this.isStubborn = choice % 8 === 1;
    if (choice % 4 === 2) this.#urlMode = this.#script.pick(['right', 'right', 'throws', 'wrong', 'rejects', 'never']);
  }

  /** Nothing that the app waits for, and no listener at a signal of the app's, is left. */
  checkEnd(): void {
    holdSame(this.#pending, 0, 'promises that did not settle');
    for (const signal of [this.signal, ...this.#otherSignals]) holdSame(signal.listeners, 0, 'listeners of a signal');
  }
}
