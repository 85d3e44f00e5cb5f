import { defineInterface, toUsvString } from './web-idl.ts';

type EventInit = NonNullable<ConstructorParameters<typeof Event>[1]>;

/** What a CloseEvent is made with. */
export interface CloseEventInit extends EventInit {
  readonly wasClean?: boolean;
  readonly code?: number;
  readonly reason?: string;
}

/** How a connection ended (WHATWG WebSockets, the CloseEvent interface). */
export class CloseEvent extends Event {
  readonly #wasClean: boolean;
  readonly #code: number;
  readonly #reason: string;

  constructor(type: string, init: CloseEventInit = {}) {
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
