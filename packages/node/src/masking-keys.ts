import { randomFillSync } from 'node:crypto';

/** A source of masking keys, each 4 bytes fresh from the CSPRNG (RFC 6455 5.3), which is asked for many at a time. */
export function createMaskingKeys(poolBytes = 8192): () => Uint8Array {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return () => {
    if (used === poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    used += 4;
    // A copy: the pool is filled again, and a key may be kept.
    return pool.slice(used - 4, used);
  };
}
