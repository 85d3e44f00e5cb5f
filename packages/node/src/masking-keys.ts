import { randomFillSync } from 'node:crypto';

/**
 * A source of masking keys, each 4 bytes fresh from the CSPRNG (RFC 6455 5.3), which is asked for many at a time. A key is
 * good until the next is asked for: all come in the same 4 bytes.
 */
export function createMaskingKeys(poolBytes = 8192): () => Uint8Array {
  const pool = new Uint8Array(poolBytes);
  const key = new Uint8Array(4);
  let used = poolBytes;
  return () => {
    if (used === poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    for (let at = 0; at < 4; at++) key[at] = pool[used + at] as number;
    used += 4;
    return key;
  };
}

/** The one source of the process: a pool for each client would be most of what an idle one holds. */
export const nextMaskingKey: () => Uint8Array = createMaskingKeys();
