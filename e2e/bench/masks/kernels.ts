import { createRequire } from 'node:module';
import { applyMask } from '@holdfast/core';
import { copyMasked } from '../../../packages/core/src/frame/mask.ts';
import type { ContenderName } from '../result.ts';

/** It comes without types. */
const bufferutil = createRequire(import.meta.url)('bufferutil') as {
  mask(source: Buffer, key: Buffer, target: Buffer, at: number, length: number): void;
  unmask(bytes: Buffer, key: Buffer): void;
};

/** The ways to mask of one contender. */
export interface Kernels {
  /** Copies `source` to `target` from `at` on, masked: what a client does with each message that it sends. */
  readonly copy: (source: Buffer, key: Buffer, target: Buffer, at: number) => void;
  /** Masks in place: what a server does with each that it gets. */
  readonly inPlace: (bytes: Buffer, key: Buffer) => void;
}

/** Who is compared, ours first. */
export const kernels: Readonly<Partial<Record<ContenderName, Kernels>>> = {
  holdfast: { copy: (source, key, target, at) => copyMasked(target, at, source, key), inPlace: applyMask },
  bufferutil: {
    copy: (source, key, target, at) => bufferutil.mask(source, key, target, at, source.length),
    inPlace: (bytes, key) => bufferutil.unmask(bytes, key),
  },
};

/** Their names, ours first. */
export const kernelNames: readonly ContenderName[] = Object.keys(kernels) as ContenderName[];
