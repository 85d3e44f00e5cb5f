import type { Clock } from '../clock.ts';

/** What an end hands to the line. */
export interface Parcel {
  readonly bytes: number;
  /** Some of its bytes, or all, have left the sender. */
  readonly onTaken?: () => void;
  /** A part of it arrived, and it is not whole yet. */
  readonly onPart?: () => void;
  /** It arrived. */
  readonly onArrive: () => void;
}

/** How fast a lane is. */
export interface Pace {
  /** How many bytes of payload leave the sender in a second. Default: all at once. */
  readonly bytesPerSecond?: number;
  /** How long they are on their way, in ms. Default 0. */
  readonly delayMs?: number;
}

/** Bytes that have left the sender. */
interface Piece {
  readonly bytes: number;
  readonly arrive: () => void;
  /** Set while it is on its way. */
  cancelDelay?: (() => void) | undefined;
}

/** How often a slow sender gives bytes to the line, in ms. */
const pieceMs = 100;

/** One direction of a line in memory: what it carries arrives in order, in a later turn of promises. */
export class Lane {
  readonly #clock: Clock;
  readonly #onBroken: () => void;
  #pace: Required<Pace> = { bytesPerSecond: Infinity, delayMs: 0 };
  #isStalled = false;
  #bytesUntilCut = Infinity;
  readonly #waiting: { readonly parcel: Parcel; bytesLeft: number }[] = [];
  readonly #onTheWay: Piece[] = [];
  #waitingBytes = 0;
  #stopSending: (() => void) | undefined;

  /** `onBroken` is called when as many bytes have arrived as `cutAfter` said. */
  constructor(clock: Clock, onBroken: () => void) {
    this.#clock = clock;
    this.#onBroken = onBroken;
  }

  /** The bytes that have not left the sender. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Takes a parcel; it arrives in a later turn. */
  carry(parcel: Parcel): void {
    this.#waiting.push({ parcel, bytesLeft: parcel.bytes });
    this.#waitingBytes += parcel.bytes;
    this.#turn();
  }

  /** Holds everything, or carries again, beginning with what it held. */
  stall(isStalled: boolean): void {
    this.#isStalled = isStalled;
    this.#startAgain();
  }

  /** Goes by another pace from now on; what is on its way stays in order. */
  slow({ bytesPerSecond = Infinity, delayMs = 0 }: Pace): void {
    this.#pace = { bytesPerSecond, delayMs };
    this.#startAgain();
  }

  /** Breaks the line once this many bytes have arrived; what goes over them does not arrive. */
  cutAfter(bytes: number): void {
    this.#bytesUntilCut = bytes;
    if (bytes <= 0) this.#onBroken();
  }

  /** Takes no more time over anything: the sender has gone, and nothing of the line stays alive. */
  hurry(): void {
    this.#endDelays();
    this.slow({});
  }

  /** Loses all that it carries. */
  clear(): void {
    this.#stopSending?.();
    this.#stopSending = undefined;
    this.#endDelays();
    this.#waiting.length = 0;
    this.#onTheWay.length = 0;
    this.#waitingBytes = 0;
  }

  #turn(): void {
    void Promise.resolve().then(() => this.#step());
  }

  #startAgain(): void {
    this.#stopSending?.();
    this.#stopSending = undefined;
    for (let turns = this.#onTheWay.length + this.#waiting.length; turns > 0; turns--) this.#turn();
  }

  #endDelays(): void {
    for (const one of this.#onTheWay) {
      one.cancelDelay?.();
      one.cancelDelay = undefined;
    }
  }

  /** Lets one thing arrive, or one leave. */
  #step(): void {
    if (!this.#land() && !this.#isStalled && !this.#stopSending) this.#send();
  }

  #send(): void {
    const next = this.#waiting[0];
    if (!next) return;
    const { bytesPerSecond } = this.#pace;
    const bytes = Math.min(next.bytesLeft, Math.max(1, Math.floor((bytesPerSecond * pieceMs) / 1000)));
    const tookMs = bytes && (bytes / bytesPerSecond) * 1000;
    if (tookMs === 0) return this.#depart(bytes);
    this.#stopSending = this.#clock.after(tookMs, () => {
      this.#stopSending = undefined;
      this.#depart(bytes);
      // Whose turn came meanwhile found the sender busy.
      while (!this.#isStalled && !this.#stopSending && this.#waiting[0]) this.#send();
    });
  }

  /** These bytes of the first that waits leave the sender. */
  #depart(bytes: number): void {
    const first = this.#waiting[0];
    if (!first) return;
    const { parcel } = first;
    first.bytesLeft -= bytes;
    this.#waitingBytes -= bytes;
    const isWhole = first.bytesLeft === 0;
    if (isWhole) this.#waiting.shift();
    const arrive = () => (isWhole ? parcel.onArrive() : parcel.onPart?.());
    const piece: Piece = { bytes, arrive };
    if (this.#pace.delayMs > 0) this.#delay(piece);
    this.#onTheWay.push(piece);
    parcel.onTaken?.();
    this.#land();
  }

  #delay(piece: Piece): void {
    piece.cancelDelay = this.#clock.after(this.#pace.delayMs, () => {
      piece.cancelDelay = undefined;
      this.#land();
    });
  }

  /** Lets the next arrive, if it is due; answers whether it did. */
  #land(): boolean {
    const next = this.#onTheWay[0];
    if (this.#isStalled || !next || next.cancelDelay) return false;
    this.#onTheWay.shift();
    // One that left later, and was faster, waited behind this one.
    if (this.#onTheWay[0]) this.#turn();
    this.#arrive(next);
    return true;
  }

  #arrive({ bytes, arrive }: Piece): void {
    this.#bytesUntilCut -= bytes;
    if (this.#bytesUntilCut >= 0) arrive();
    if (this.#bytesUntilCut <= 0) this.#onBroken();
  }
}
