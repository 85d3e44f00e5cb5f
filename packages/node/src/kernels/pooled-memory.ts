import { chunkBytes, freshChunk, type ChunkSource, OutputMemory, type OutputChunk } from '@holdfast/core';
import { createMaskModule, type MaskMemory } from './mask-module.ts';
import { keyWord } from './masker.ts';
import { nodeKernels } from './node-kernels.ts';

/** How many chunks there are: as much as many connections write in a turn, and no page of it is used before it is needed. */
const slotCount = 64;

/** A page of WebAssembly, in bytes. */
const pageBytes = 64 * 1024;

/** What the module may mask behind the end of a payload, in bytes. */
const guardBytes = 64;

/** Shorter payloads are masked by words: a call costs as much as so many bytes. */
const leastForModule = 128;

/** A chunk that serves again when nobody holds it. */
class Slot implements OutputChunk {
  readonly bytes: Buffer;
  /** How many pieces of it are not written yet. */
  pieces = 0;
  readonly #start: number;
  readonly #words: DataView;
  readonly #mask: MaskMemory;

  constructor(memory: ArrayBuffer, start: number, mask: MaskMemory) {
    this.bytes = Buffer.from(memory, start, chunkBytes - guardBytes);
    this.#start = start;
    this.#words = new DataView(memory, start, chunkBytes);
    this.#mask = mask;
  }

  mask(start: number, end: number, key: Uint8Array, offset: number): void {
    const word = keyWord(key, offset);
    if (end - start >= leastForModule) return this.#mask(this.#start + start, this.#start + end, word);
    const words = this.#words;
    // Beyond the end nothing stands yet.
    for (let at = start; at < end; at += 4) words.setInt32(at, words.getInt32(at, true) ^ word, true);
    return undefined;
  }

  hold(): void {
    this.pieces++;
  }
}

/**
 * Chunks in the memory of WebAssembly, where a payload is masked after the one copy that it takes anyhow; what was written
 * serves again while it is still in the cache. Where all are on their way, memory that is given up afterwards.
 */
class SlotPool implements ChunkSource {
  readonly #memory: ArrayBuffer;
  readonly #slots: readonly Slot[];
  readonly #free: Slot[];
  #current: Slot | undefined;

  constructor(memory: ArrayBuffer, mask: MaskMemory) {
    this.#memory = memory;
    this.#slots = Array.from({ length: slotCount }, (_, index) => new Slot(memory, index * chunkBytes, mask));
    this.#free = [...this.#slots];
  }

  take(): OutputChunk {
    const last = this.#current;
    this.#current = undefined;
    if (last?.pieces === 0) this.#free.push(last);
    this.#current = this.#free.pop();
    return this.#current ?? freshChunk(Buffer.allocUnsafeSlow(chunkBytes), nodeKernels);
  }

  release({ buffer, byteOffset }: Uint8Array): void {
    if (buffer !== this.#memory) return;
    const slot = this.#slots[Math.floor(byteOffset / chunkBytes)] as Slot;
    slot.pieces--;
    if (slot.pieces === 0 && slot !== this.#current) this.#free.push(slot);
  }
}

/** The memory that all sockets of a process write from; `undefined` where the platform has none of this kind. */
export function createPooledMemory(): OutputMemory | undefined {
  const module = createMaskModule((slotCount * chunkBytes) / pageBytes);
  return module && new OutputMemory(new SlotPool(module.buffer, module.mask));
}
