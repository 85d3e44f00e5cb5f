import type { CloseOutcome } from '../close-code.ts';
import type { Clock } from '../clock.ts';
import type { Message, Outgoing } from '../message.ts';
import type { LinkHandler } from '../session/link.ts';
import { Arrivals } from './arrivals.ts';
import type { MemoryDial } from './dial-answer.ts';
import type { Pace } from './lane.ts';
import { LinkPair, type MemoryLink, type Side, silentHandler } from './link-pair.ts';

/** The server's end of one connection, and the faults of its line. */
export class MemoryConnection {
  /** What the client dialed. */
  readonly dial: MemoryDial;
  /** All messages of the client, in order. */
  readonly received: Message[] = [];
  /** How it ended, for the server. */
  outcome: CloseOutcome | undefined;
  /** The line, with both of its ends. */
  readonly pair: LinkPair;
  readonly #messages = new Arrivals<Message>();
  readonly #ends = new Arrivals<CloseOutcome>();

  constructor(dial: MemoryDial, client: LinkHandler, clock: Clock, onMessage: (message: Message) => void) {
    this.dial = dial;
    const server = {
      ...silentHandler,
      onMessage: (data: Message) => {
        this.received.push(data);
        this.#messages.push(data);
        onMessage(data);
      },
      onEnd: (outcome: CloseOutcome) => this.#end(outcome),
    };
    this.pair = new LinkPair(client, server, dial.protocols[0], clock);
  }

  /** The server's Link. */
  get link(): MemoryLink {
    return this.pair.server;
  }

  send(message: Outgoing): void {
    this.link.send(message);
  }

  /** Begins the closing handshake. */
  close(code = 1000, reason = ''): void {
    this.link.close(code, reason);
  }

  /** The next message that was not yet answered, also if it came before. Rejects when the connection ends first. */
  message(): Promise<Message> {
    return this.#messages.next();
  }

  /** How it ended, once it has. */
  async ended(): Promise<CloseOutcome> {
    return this.outcome ?? this.#ends.next();
  }

  /** Nothing passes any more, and both ends think that it is open. */
  stall(): void {
    this.pair.stall();
  }

  /** What this side sends no longer arrives; the other is heard as before. */
  halfOpen(silent: Side): void {
    this.pair.stall(silent);
  }

  /** The line carries again, beginning with what it held. */
  unstall(): void {
    this.pair.unstall();
  }

  /** The line breaks: both ends are told, and what was on its way is lost. */
  cut(): void {
    this.pair.cut();
  }

  /** The line breaks once this many bytes of payload of this side have arrived; the message that goes over them is lost. */
  cutAfter(bytes: number, from: Side): void {
    this.pair.cutAfter(bytes, from);
  }

  /** The next message of this side arrives twice. */
  duplicateNext(from: Side): void {
    this.pair.duplicateNext(from);
  }

  /** What this side sends, or what both send, takes its time by the clock; `{}` ends that. */
  slow(pace: Pace, from?: Side): void {
    this.pair.slow(pace, from);
  }

  #end(outcome: CloseOutcome): void {
    this.outcome = outcome;
    const { length } = this.received;
    this.#messages.end(new Error(`the connection ended with ${outcome.code} after ${length} messages`));
    this.#ends.push(outcome);
  }
}
