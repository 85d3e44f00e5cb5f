import type { ByteKernels, OutputMemory } from '@holdfast/core';
import { nodeKernels } from './node-kernels.ts';
import { createPooledMemory } from './pooled-memory.ts';

/** What a Protocol over sockets of this platform gets. */
export interface WireKernels {
  readonly kernels: ByteKernels;
  readonly memory: OutputMemory | undefined;
  readonly ownsChunks: boolean;
}

let shared: WireKernels | undefined;

/** The same for all sockets of the process, from the first on: who only imports this reserves nothing. */
export function wireKernels(): WireKernels {
  return (shared ??= createWireKernels());
}

function createWireKernels(): WireKernels {
  // Bun and Deno have sockets of their own, of which nobody says when they are done with the memory that is written.
  const memory = 'bun' in process.versions || 'deno' in process.versions ? undefined : createPooledMemory();
  // What a socket reads is nobody else's.
  return { kernels: nodeKernels, memory, ownsChunks: true };
}
