import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a secret so that the time it takes tells nothing of how much of it is right. */
export function isSameSecret(given: string, expected: string): boolean {
  // Digests have one length, which timingSafeEqual asks for.
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
