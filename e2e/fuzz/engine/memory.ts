import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What this thread holds after all garbage is collected, in bytes: JavaScript's heap, and buffers. */
export function heldBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What buffers hold after all garbage is collected, in bytes. */
export function heldBufferBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
