// Compressed messages by RFC 1951 and RFC 7692 7.2.2 alone: symbol by symbol, and without zlib.
import {
  Bits,
  type Codes,
  fixedCodes,
  takeCodes,
  takeDistance,
  takeLength,
  takeSymbol,
} from '../../conformance/wire/deflate-codes.ts';

/** What becomes of one message. */
export interface Inflated {
  /** What came out, all of it or up to the fault. */
  readonly bytes: Uint8Array;
  readonly isValid: boolean;
  /** How many of its blocks said that they were the last. */
  readonly finals: number;
  /** It looks back further than the window, or its tail is something else of it: a reader may refuse it. */
  readonly isDoubtful: boolean;
}

/** More than any limit of the fuzz: what comes out of a few bytes may be endless. */
const mostBytes = 300_000;

/** Inflates messages one after the other; `history` is what all before have brought, where the window goes on. */
export function referenceInflate(message: Uint8Array, history: readonly number[], windowBits: number): Inflated {
  const bits = new Bits(Buffer.concat([message, Buffer.of(0x00, 0x00, 0xff, 0xff)]));
  const state = {
    output: [...history],
    start: history.length,
    windowBytes: 2 ** windowBits,
    isDoubtful: false,
    endsEmpty: false,
  };
  let finals = 0;
  let isValid = true;
  try {
    while (!bits.isOver && state.output.length < mostBytes) {
      const isLast = bits.take(1) === 1;
      readBlock(bits, bits.take(2), state);
      if (isLast) bits.skipToByte();
      finals += Number(isLast);
    }
    // RFC 7692 7.2.1: the tail is that of an empty block; where it was read as something else, nobody has sent this.
    state.isDoubtful ||= !state.endsEmpty || bits.at % 8 !== 0;
  } catch {
    isValid = false;
  }
  const bytes = Uint8Array.from(state.output.slice(state.start));
  return { bytes, isValid, finals, isDoubtful: state.isDoubtful };
}

interface State {
  readonly output: number[];
  readonly windowBytes: number;
  isDoubtful: boolean;
  /** The last block was one without compression, and empty. */
  endsEmpty: boolean;
}

function readBlock(bits: Bits, type: number, state: State): void {
  if (type === 3) throw new Error('a block of a type that there is not');
  const before = state.output.length;
  if (type === 0) readStored(bits, state);
  else readCoded(bits, type === 1 ? fixedCodes : takeCodes(bits), state);
  state.endsEmpty = type === 0 && state.output.length === before;
}

function readStored(bits: Bits, { output }: State): void {
  bits.skipToByte();
  const length = bits.take(16);
  if (bits.take(16) !== (length ^ 0xffff)) throw new Error('lengths that do not fit');
  for (let count = 0; count < length; count++) output.push(bits.take(8));
}

function readCoded(bits: Bits, codes: Codes, state: State): void {
  const { output } = state;
  for (let symbol = takeSymbol(bits, codes.literals); symbol !== 256; symbol = takeSymbol(bits, codes.literals)) {
    if (symbol < 256) output.push(symbol);
    else copyBack(takeLength(bits, symbol), takeDistance(bits, codes), state);
    if (output.length > mostBytes) return;
  }
}

function copyBack(length: number, distance: number, state: State): void {
  const { output, windowBytes } = state;
  if (distance > output.length) throw new Error('a reference to before the beginning');
  state.isDoubtful ||= distance > windowBytes;
  for (let count = 0; count < length; count++) output.push(output[output.length - distance] as number);
}
