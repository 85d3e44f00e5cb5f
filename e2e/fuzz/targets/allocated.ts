import type { Allocated } from '../engine/allocations.ts';
import { hold } from '../engine/target.ts';

/**
 * Throws a Breach unless what was allocated fits what has arrived: `pieces` frames, fragments or lines may cost a little
 * each, a byte is copied a few times, and no buffer is much larger than all that came, but for one of `sharedBytes` that
 * was not allocated for these alone.
 */
export function checkAllocated(
  { totalBytes, largestBytes }: Allocated,
  arrivedBytes: number,
  pieces: number,
  sharedBytes = 0,
): void {
  const mayTotal = 16 * arrivedBytes + 512 * pieces + sharedBytes;
  hold(totalBytes <= mayTotal, () => `${totalBytes} bytes allocated for ${arrivedBytes} in ${pieces} pieces`);
  const mayBeLargest = Math.max(4 * arrivedBytes + 512, sharedBytes);
  hold(largestBytes <= mayBeLargest, () => `a buffer of ${largestBytes} bytes for ${arrivedBytes} that arrived`);
}
