import { defineInterface, toUsvString } from './web-idl.ts';

type EventInit = NonNullable<ConstructorParameters<typeof Event>[1]>;

/** What a CloseEvent tells. */
export interface CloseDetails {
  /** Both close frames had passed. */
  readonly wasClean: boolean;
  /** The code of the peer's close frame; 1005 if it had none, 1006 if there was no close frame. */
  readonly code: number;
  readonly reason: string;
}

/** How a connection ended (WHATWG WebSockets, the CloseEvent interface). */
export class CloseEvent extends Event implements CloseDetails {
  readonly #wasClean: boolean;
  readonly #code: number;
  readonly #reason: string;

  constructor(type: string, init: EventInit & Partial<CloseDetails> = {}) {
    super(type, init);
    const { wasClean, code = 0, reason = '' }: { wasClean?: unknown; code?: number; reason?: string } = init ?? {};
    this.#wasClean = Boolean(wasClean);
    // Web IDL, unsigned short: modulo 65,536.
    this.#code = code & 0xffff;
    this.#reason = toUsvString(reason);
  }

  get wasClean(): boolean {
    return this.#wasClean;
  }

  get code(): number {
    return this.#code;
  }

  get reason(): string {
    return this.#reason;
  }
}

defineInterface(CloseEvent);

/** The runtime's own class where it has one, which Node 20 and 22 do not. */
export const RuntimeCloseEvent = (globalThis as unknown as { CloseEvent?: typeof CloseEvent }).CloseEvent ?? CloseEvent;
