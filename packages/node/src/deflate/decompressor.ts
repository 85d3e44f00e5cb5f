import { HoldfastError } from '@holdfast/core';
import type { DeflateSide } from './negotiation.ts';
import { Pieces } from './pieces.ts';
import { inflatePool, type StreamPool } from './stream-pool.ts';
import { Window } from './window.ts';
import { ZlibStream } from './zlib-stream.ts';

/** RFC 7692 7.2.2: what was cut off each message, the length of an empty block without compression. */
const tail = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** An empty block of fixed codes, and an empty one without compression: where a block has ended, they change nothing. */
const probe = [0x02, 0x00, 0x00, 0x00, 0xff, 0xff];
/** The codes that a block brings may take 287 bytes, out of which nothing comes yet: no message may end within them. */
const moreProbes = Array.from({ length: 60 }, () => [0x00, 0x00, 0x00, 0xff, 0xff]).flat();
const end = Uint8Array.of(...tail, ...probe, ...moreProbes);

/** To begin anew costs as much as to read some thousand bytes: how often a message may, and once more for so many bytes. */
const maxRestarts = 16;
const restartBytes = 1024;

/** What travels of a message to its payload (RFC 7692 7.2.2), in fragments, with a limit on what comes out. */
export class Decompressor {
  readonly #windowBits: number;
  readonly #pool: StreamPool | undefined;
  #stream: ZlibStream | undefined;
  /** zlib's own window is gone where its stream has ended. */
  #window: Window;
  /** How often zlib's stream ended in this message, less what its length allows. */
  #restarts = 0;

  constructor({ windowBits, keepsContext }: DeflateSide) {
    this.#windowBits = windowBits;
    this.#pool = keepsContext ? undefined : inflatePool(windowBits);
    this.#window = new Window(windowBits);
  }

  /**
   * What the next fragment holds, `fin` with the last; `undefined` where that is over `maxBytes`. Throws `deflate-invalid`.
   */
  decompress(fragment: Uint8Array, fin: boolean, maxBytes: number): Uint8Array | undefined {
    this.#stream ??= this.#pool?.take() ?? ZlibStream.inflate({ windowBits: this.#windowBits });
    const output = new Pieces(maxBytes);
    this.#restarts -= fragment.length / restartBytes;
    try {
      this.#inflate(fragment, output);
      if (output.isOver) return undefined;
      const bytes = output.join();
      if (!(fin && this.#pool)) this.#window.add(bytes);
      if (fin) this.#inflateEnd();
      return bytes;
    } catch (error) {
      throw invalid((error as Error).message);
    }
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  #inflate(input: Uint8Array, output: Pieces): void {
    let left = this.#run(input, output.add);
    while (left > 0 && !output.isOver) {
      if (++this.#restarts > maxRestarts) throw new Error('too many of its blocks say that they are the last');
      // RFC 7692 7.2.3.4: a block may say that it is the last, for zlib then nothing follows; the window goes on.
      this.#begin(output.join());
      const rest = input.subarray(input.length - left);
      left = this.#run(rest, output.add);
      if (left === rest.length) throw new Error('nothing can be read of it');
    }
  }

  /** A message ends with a block's end; cut in the middle of one, it would be half a message. */
  #inflateEnd(): void {
    const output = new Pieces(0);
    this.#inflate(end, output);
    if (output.length > 0) throw new Error('it ends in the middle of a block');
    this.#restarts = 0;
    if (this.#pool) this.#letGo(this.#pool);
  }

  #run(input: Uint8Array, take: (piece: Uint8Array) => boolean): number {
    return (this.#stream as ZlibStream).run(input, take);
  }

  /** A new stream behind the window so far, and behind these bytes of the fragment. */
  #begin(bytes: Uint8Array): void {
    const before = Buffer.concat([this.#window.toBytes(), bytes]).subarray(-(2 ** this.#windowBits));
    this.#stream?.close();
    this.#stream = ZlibStream.inflate({ windowBits: this.#windowBits });
    // Read instead of set as a dictionary: Deno's zlib leaves one out in a raw stream.
    if (before.length > 0) this.#run(storedBlock(before), () => true);
  }

  #letGo(pool: StreamPool): void {
    pool.giveBack(this.#stream as ZlibStream);
    this.#stream = undefined;
    this.#window = new Window(this.#windowBits);
  }
}

/** RFC 1951 3.2.4: a block without compression that is not the last; a window is shorter than the longest such. */
function storedBlock(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return Buffer.concat([Uint8Array.of(0, length, length >> 8, ~length, ~length >> 8), bytes]);
}

function invalid(words: string): HoldfastError {
  return new HoldfastError('deflate-invalid', `compressed message that cannot be decompressed: ${words}`, {
    closeCode: 1007,
  });
}
