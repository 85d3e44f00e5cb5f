import { abnormal, type CloseOutcome, lost } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import type { Uncertain } from '../events/client-event.ts';
import type { Message, Outgoing } from '../message.ts';
import type { Connector, Link, LinkHandler } from '../session/link.ts';
import type { SendOptions } from '../session/outbox.ts';
import { type ClientSession, type SessionLine, storeError } from './client-session.ts';
import { formatGreeting, type Greeting, parsePacket } from './packet.ts';
import { appProtocol, faultCloseCode, offer } from './sub-protocol.ts';

/** A connector of links that carry on the session: they open when the server has greeted back. */
export function deliveryConnector<Out extends Outgoing>(session: ClientSession<Out>, connector: Connector): Connector {
  return (url, protocols, handler) => {
    let drop: (() => void) | undefined;
    let isOver = false;
    const leave = () => {
      isOver = true;
      session.detach();
    };
    const end = (outcome: CloseOutcome) => {
      if (isOver) return;
      leave();
      handler.onEnd(outcome);
    };
    const begin = () => {
      if (!isOver)
        drop = connector(
          url,
          offer(protocols),
          greet(session, handler, end, () => isOver),
        );
    };
    // What was saved says what to greet with.
    session.load().then(begin, (cause: unknown) => end(abnormal(storeError(cause))));
    return () => {
      leave();
      drop?.();
    };
  };
}

/** Hears of a link: greets the server on it, and then passes on what the session makes of what arrives. */
function greet<Out extends Outgoing>(
  session: ClientSession<Out>,
  handler: LinkHandler,
  onEnd: (outcome: CloseOutcome) => void,
  isOver: () => boolean,
): LinkHandler {
  let base: Link;
  let isWelcome = false;
  /** What came between the welcome and `open`. */
  let early: Message[] | undefined = [];

  const fail = (error: HoldfastError) => {
    base.close(faultCloseCode, error.code);
    onEnd(abnormal(error));
  };
  /** Where the server breaks a rule, its link is left. */
  const unlessBroken = (act: () => void) => {
    if (isOver()) return;
    try {
      act();
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      fail(error);
    }
  };
  const open = (peer: Greeting, resumed: boolean) => {
    const link = new DeliveryLink(session, base, resumed);
    session.attach(lineOf(base, handler, link, onEnd), peer);
    handler.onOpen(link);
  };
  const hear = (data: Message) => unlessBroken(() => session.receive(data));
  const welcome = (data: Message) => {
    const packet = parsePacket(data);
    if (packet.type !== 'welcome') throw new HoldfastError('packet-unexpected', `${packet.type} before the welcome`);
    isWelcome = true;
    const begin = (resumed: boolean) => {
      open(packet, resumed);
      const waiting = early ?? [];
      early = undefined;
      waiting.forEach(hear);
    };
    if (session.isResumedBy(packet)) return begin(true);
    void session.begin(packet.session as string).then((tellDropped) => {
      unlessBroken(() => begin(false));
      tellDropped();
    });
  };
  return {
    onOpen(opened) {
      if (isOver()) return;
      base = opened;
      if (appProtocol(base.protocol) !== undefined) base.send(formatGreeting('hello', session.greeting));
      else fail(new HoldfastError('handshake-protocol', `${base.protocol || 'none'}, wanted: delivery`));
    },
    onMessage(data) {
      if (!early) hear(data);
      else if (isWelcome) early.push(data);
      else unlessBroken(() => welcome(data));
    },
    onHeard: () => handler.onHeard(),
    onPong: () => handler.onPong(),
    onDrain: () => handler.onDrain(),
    onEnd,
  };
}

function lineOf<Out extends Outgoing>(
  base: Link,
  handler: LinkHandler,
  link: DeliveryLink<Out>,
  onEnd: (outcome: CloseOutcome) => void,
): SessionLine {
  return {
    send: (packet, how) => base.send(packet, how),
    onMessage: (message) => handler.onMessage(message),
    onPong: () => handler.onPong(),
    onRoom() {
      link.closeWhenDone();
      handler.onDrain();
    },
    onSilence() {
      base.close(faultCloseCode, 'bye without a close');
      onEnd(lost('close-timeout', 'after bye'));
    },
  };
}

/** A link over which the session goes on. */
class DeliveryLink<Out extends Outgoing> implements Link {
  readonly protocol: string;
  readonly extensions: string;
  readonly resumed: boolean;
  readonly ping: () => void;
  readonly #session: ClientSession<Out>;
  readonly #base: Link;
  #closing: readonly [code: number, reason: string] | undefined;

  constructor(session: ClientSession<Out>, base: Link, resumed: boolean) {
    this.#session = session;
    this.#base = base;
    this.protocol = appProtocol(base.protocol) ?? '';
    this.extensions = base.extensions;
    this.resumed = resumed;
    // Where the platform has no ping, the sub-protocol has.
    this.ping = () => (session.canPing ? base.ping?.() : base.send('ping'));
  }

  /** 0 while the window is full: what is sent then waits in the outbox. */
  get readyState(): number {
    return this.#session.hasRoom ? this.#base.readyState : 0;
  }

  get bufferedAmount(): number {
    return this.#base.bufferedAmount;
  }

  get uncertain(): Uncertain {
    return this.#session.uncertain;
  }

  send(message: Outgoing, how: SendOptions = {}): void {
    this.#session.send(message, how);
  }

  /** Closes when the server has acknowledged all; the client sets the time limit. */
  close(code: number, reason: string): void {
    this.#closing ??= [code, reason];
    this.closeWhenDone();
  }

  /** Ends the session and closes, if that is wanted and nothing is unacknowledged. */
  closeWhenDone(): void {
    if (!this.#closing || !this.#session.isSettled || this.#base.readyState !== 1) return;
    this.#base.send('bye');
    this.#base.close(...this.#closing);
  }
}
