import { applyMask, type ByteKernels } from '@holdfast/core';
import { createMaskModule } from './mask-module.ts';

/** What is copied in and out at a time stays in the nearest cache, in bytes. */
const blockBytes = 16 * 1024;

/** Shorter payloads are masked where they are: two copies and a call cost as much as so many bytes one by one. */
const leastForModule = 48;

/** A key as a word in the order of WebAssembly and of little-endian views, turned so that it begins at a place of its payload. */
export function keyWord(key: Uint8Array, offset: number): number {
  const from = offset & 3;
  return (
    (key[from] as number) |
    ((key[(from + 1) & 3] as number) << 8) |
    ((key[(from + 2) & 3] as number) << 16) |
    ((key[(from + 3) & 3] as number) << 24)
  );
}

/** `applyMask`, by way of memory in which WebAssembly can do it; the portable one where there is none. */
export function createMasker(): ByteKernels['mask'] {
  const module = createMaskModule(1);
  if (!module) return applyMask;
  const { buffer, mask } = module;
  const block = new Uint8Array(buffer, 0, blockBytes);
  return (bytes, key, offset) => {
    if (bytes.length < leastForModule) return applyMask(bytes, key, offset);
    for (let at = 0; at < bytes.length; at += blockBytes) {
      const part = bytes.length <= blockBytes ? bytes : bytes.subarray(at, at + blockBytes);
      block.set(part);
      mask(0, part.length, keyWord(key, offset + at));
      part.set(part.length === blockBytes ? block : new Uint8Array(buffer, 0, part.length));
    }
  };
}
