import type { Clock } from '../clock.ts';
import { HoldfastError } from '../errors.ts';
import type { Uncertain } from '../events/client-event.ts';
import type { Message, Outgoing } from '../message.ts';
import { AckPacer } from './ack-pacer.ts';
import { formatAck, formatData, messageOf, parsePacket, type Position } from './packet.ts';
import { type Kept, ResendWindow, type WindowLimits } from './resend-window.ts';

/** One link, once both ends have said where they stand. */
export interface DeliveryLine<Tag> {
  send(packet: Outgoing, tag?: Tag): void;
}

/** What an end of a session tells. */
export interface DeliveryHandler<Tag> {
  onMessage(data: Message): void;
  /** The peer has these, the oldest first, and the window has room again. */
  onAcknowledged(kept: readonly Kept<Tag>[]): void;
  onPong(): void;
  /** The peer has ended the session. */
  onBye(): void;
}

/** What an end of a session goes by. */
export interface DeliveryEndOptions extends WindowLimits {
  readonly clock: Clock;
  readonly ackDelayMs: number;
}

/**
 * One end of a session, from one link to the next: numbers what is sent and keeps it until the peer has acknowledged it,
 * and takes each message of the peer once and in order. Both roles are alike once they have greeted each other.
 */
export class DeliveryEnd<Tag> {
  /** The number of the last message that arrived. */
  received = 0;
  readonly #handler: DeliveryHandler<Tag>;
  readonly #pacer: AckPacer;
  readonly #window: ResendWindow<Tag>;
  #line: DeliveryLine<Tag> | undefined;

  constructor(options: DeliveryEndOptions, handler: DeliveryHandler<Tag>) {
    this.#handler = handler;
    this.#window = new ResendWindow(options);
    this.#pacer = new AckPacer(options.clock, options.ackDelayMs, () => this.#line?.send(formatAck(this.received)));
  }

  /** Where this end stands. */
  get position(): Position {
    return { received: this.received, first: this.#window.first };
  }

  /** How many messages this end has numbered in this session. */
  get sent(): number {
    return this.#window.next - 1;
  }

  /** The length of what has to wait for a link, or for acknowledgements: of text, in UTF-16 units. */
  get waitingLength(): number {
    return this.#window.waitingLength;
  }

  /** Whether a message would go out at once over a link. */
  get hasRoom(): boolean {
    return this.#window.hasRoom;
  }

  /** How many messages the peer has not acknowledged. */
  get unacknowledged(): number {
    return this.#window.size;
  }

  /** The same, and the bytes of their payloads, which are counted when this is asked. */
  get uncertain(): Uncertain {
    return { messages: this.#window.size, bytes: this.#window.payloadBytes() };
  }

  /** Goes on where a process before this one has left off. */
  restore({ received, first }: Position, messages: readonly (readonly [tag: Tag, message: Message])[]): void {
    this.received = received;
    this.#window.skipTo(first - 1);
    for (const [tag, message] of messages) this.#keep(message, tag);
  }

  /**
   * Learns where the peer stands, who may know more than a process that begins: what was noted down last is lost with the
   * process before.
   */
  learn(peer: Position): void {
    // What the peer keeps no longer was acknowledged.
    this.received = Math.max(this.received, peer.first - 1);
    const acknowledged = this.#window.skipTo(peer.received);
    if (acknowledged.length > 0) this.#handler.onAcknowledged(acknowledged);
  }

  /**
   * Throws `acknowledged-unsent` or `message-missing` where the peer of an end that has forgotten nothing stands where it
   * cannot be.
   */
  check({ received, first }: Position): void {
    if (received > this.sent) throw new HoldfastError('acknowledged-unsent', `${received}, last sent: ${this.sent}`);
    const next = this.received + 1;
    if (first > next) throw new HoldfastError('message-missing', `${next}, kept from: ${first}`);
  }

  /** The session goes on over a new link, whose peer stands at `peer`: what that has not received goes out again. */
  attach(line: DeliveryLine<Tag>, peer: Position): void {
    this.#line = line;
    this.#window.rewind();
    this.learn(peer);
    this.#giveAll();
  }

  /** The link is lost. */
  detach(): void {
    this.#line = undefined;
    this.#pacer.stop();
  }

  /** Sends a message, over this link or over one to come; what the app changes in it later does not matter. */
  send(message: Outgoing, tag: Tag): void {
    this.#keep(message, tag);
    this.#giveAll();
  }

  /** Takes what arrived on the link. Throws `packet-malformed`, `packet-unexpected`, `message-missing`, `acknowledged-unsent`. */
  receive(data: Message): void {
    // Behind the end of the session, nothing on its link is of the next one.
    if (!this.#line) return;
    const packet = parsePacket(data);
    switch (packet.type) {
      case 'data':
        return this.#receiveData(packet.number, packet.message);
      case 'ack': {
        const acknowledged = this.#window.acknowledge(packet.number);
        this.#giveAll();
        return acknowledged.length > 0 ? this.#handler.onAcknowledged(acknowledged) : undefined;
      }
      case 'ping':
        return this.#line?.send('pong');
      case 'pong':
        return this.#handler.onPong();
      case 'bye':
        return this.#handler.onBye();
      case 'hello':
      case 'welcome':
        throw new HoldfastError('packet-unexpected', packet.type);
    }
  }

  /** Ends the session: answers what was not acknowledged, and begins the next with number 1 in both directions. */
  reset(): (readonly [message: Message, tag: Tag])[] {
    this.detach();
    this.received = 0;
    // A copy: what the app does to the memory of a message of its own may not reach the packets of others.
    return this.#window.clear().map(({ packet, tag }) => [messageOf(packet).slice(), tag] as const);
  }

  #keep(message: Outgoing, tag: Tag): void {
    this.#window.add(formatData(this.#window.next, message), tag);
  }

  #giveAll(): void {
    if (!this.#line) return;
    for (let kept = this.#window.give(); kept; kept = this.#window.give()) this.#line.send(kept.packet, kept.tag);
  }

  #receiveData(number: number, message: Message): void {
    if (number > this.received + 1) {
      throw new HoldfastError('message-missing', `${this.received + 1}, received: ${number}`);
    }
    // What came twice is acknowledged again, so that it does not come a third time.
    if (number > this.received) {
      this.received = number;
      this.#handler.onMessage(message);
    }
    // A listener may have ended the link.
    if (this.#line) this.#pacer.note(message.length);
  }
}
