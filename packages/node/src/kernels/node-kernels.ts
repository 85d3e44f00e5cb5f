import { isUtf8 } from 'node:buffer';
import type { ByteKernels } from '@holdfast/core';
import { createMasker } from './masker.ts';
import { TextReader } from './text-reader.ts';
import { toBuffer } from './to-buffer.ts';

/** From here on memory that nobody set to zero is worth its price, in bytes. */
const leastForUnset = 4096;

const reader = new TextReader();
let masker: ByteKernels['mask'] | undefined;

/** What Node has that is faster than portable code. */
export const nodeKernels: ByteKernels = {
  allocate: (bytes) =>
    bytes < leastForUnset ? new Uint8Array(bytes) : new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer),
  mask: (bytes, key, offset) => (masker ??= createMasker())(bytes, key, offset),
  utf8Length: (text) => Buffer.byteLength(text),
  writeUtf8: (target, at, text) => toBuffer(target).write(text, at),
  readUtf8: (bytes, start, end) => reader.read(bytes, start, end),
  isUtf8,
};
