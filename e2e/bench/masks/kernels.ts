import { createRequire } from 'node:module';
import { nodeKernels } from '../../../packages/node/src/kernels/node-kernels.ts';
import { createPooledMemory } from '../../../packages/node/src/kernels/pooled-memory.ts';
import type { ContenderName } from '../result.ts';

/** It comes without types. */
const bufferutil = createRequire(import.meta.url)('bufferutil') as {
  mask(source: Buffer, key: Buffer, target: Buffer, at: number, length: number): void;
  unmask(bytes: Buffer, key: Buffer): void;
};

/** The ways to mask of one contender. */
export interface Kernels {
  /**
   * Copies `source`, masked, to `target` from `at` on, or to memory of its own: what a client does with each message that it
   * sends. Answers where it is; of a payload that is longer than a chunk, where it ends.
   */
  readonly copy: (source: Buffer, key: Buffer, target: Buffer, at: number) => Uint8Array;
  /** Masks in place: what a server does with each that it gets. */
  readonly inPlace: (bytes: Buffer, key: Buffer) => void;
}

/** Where a payload begins behind the header of most frames: at no multiple of anything. */
const headerBytes = 6;

/** As a client's output does it: one part of the payload to each chunk, and so many chunks in turn as 1 MiB takes. */
function copyToOutput(): Kernels['copy'] {
  const memory = createPooledMemory();
  if (!memory) throw new Error('this platform has no WebAssembly');
  const chunks = Array.from({ length: 17 }, () => {
    memory.next();
    memory.chunk.hold();
    return memory.chunk;
  });
  let turn = 0;
  return (source, key) => {
    let chunk = chunks[0]!;
    for (let done = 0; done < source.length; ) {
      chunk = chunks[turn++ % chunks.length]!;
      const room = chunk.bytes.length - headerBytes;
      const part = source.length <= room ? source : source.subarray(done, done + room);
      chunk.bytes.set(part, headerBytes);
      chunk.mask(headerBytes, headerBytes + part.length, key, done);
      done += part.length;
    }
    return chunk.bytes;
  };
}

/** Who is compared, ours first. */
export const kernels: Readonly<Partial<Record<ContenderName, Kernels>>> = {
  holdfast: { copy: copyToOutput(), inPlace: (bytes, key) => nodeKernels.mask(bytes, key, 0) },
  bufferutil: {
    copy: (source, key, target, at) => {
      bufferutil.mask(source, key, target, at, source.length);
      return target;
    },
    inPlace: (bytes, key) => bufferutil.unmask(bytes, key),
  },
};

/** Their names, ours first. */
export const kernelNames: readonly ContenderName[] = Object.keys(kernels) as ContenderName[];
