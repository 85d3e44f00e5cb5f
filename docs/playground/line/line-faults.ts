/** How a server answers every dial that it is up for: by an HTTP status, or as a port where nobody listens. */
export type DialRefusal = { readonly status: number; readonly retryAfterSeconds?: number } | 'refuse';

/** What befalls every line, also those that are open. */
export interface LineFaults {
  /** How long bytes are on their way, in ms, in each direction. */
  delayMs: number;
  /** Nothing arrives, and nobody is told; when it ends, what was held arrives. */
  isSilent: boolean;
  /** What dials are refused with; `undefined` accepts them. */
  refusal: DialRefusal | undefined;
  /** As silent, and the platform knows: no dial is begun. */
  isOffline: boolean;
  /** Breaks all open lines, which both ends are told; what was on its way is lost. */
  cut(): void;
}

/** The faults of one server, and who follows them. */
export class FaultState implements LineFaults {
  delayMs = 0;
  refusal: DialRefusal | undefined = undefined;
  readonly #onHold: () => void;
  readonly #onNetwork: () => void;
  readonly #onCut: () => void;
  #isSilent = false;
  #isOffline = false;

  /** `onHold` is called when lines begin or end to hold what they carry, `onNetwork` when the network goes or comes. */
  constructor(onHold: () => void, onNetwork: () => void, onCut: () => void) {
    this.#onHold = onHold;
    this.#onNetwork = onNetwork;
    this.#onCut = onCut;
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  set isSilent(isSilent: boolean) {
    this.#isSilent = isSilent;
    this.#onHold();
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  set isOffline(isOffline: boolean) {
    if (isOffline === this.#isOffline) return;
    this.#isOffline = isOffline;
    this.#onHold();
    this.#onNetwork();
  }

  /** Whether lines hold what they carry. */
  get isHolding(): boolean {
    return this.#isSilent || this.#isOffline;
  }

  cut(): void {
    this.#onCut();
  }
}
