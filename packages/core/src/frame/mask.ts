import { HoldfastError } from '../errors.ts';

/**
 * Masks or unmasks in place (RFC 6455 5.3): XOR with a 4-byte key, repeated. `offset` is the place of `bytes[0]` in
 * the whole payload, so that a payload can be masked in pieces. Throws `invalid-frame` on a key that is not 4 bytes.
 */
export function applyMask(bytes: Uint8Array, key: Uint8Array, offset = 0): void {
  if (key.length !== 4) throw new HoldfastError('invalid-frame', `masking key of ${key.length} bytes: it has 4`);
  const a = key[offset & 3] as number;
  const b = key[(offset + 1) & 3] as number;
  const c = key[(offset + 2) & 3] as number;
  const d = key[(offset + 3) & 3] as number;
  const whole = bytes.length & ~3;
  let i = 0;
  for (; i < whole; i += 4) {
    bytes[i] = (bytes[i] as number) ^ a;
    bytes[i + 1] = (bytes[i + 1] as number) ^ b;
    bytes[i + 2] = (bytes[i + 2] as number) ^ c;
    bytes[i + 3] = (bytes[i + 3] as number) ^ d;
  }
  if (i < bytes.length) bytes[i] = (bytes[i] as number) ^ a;
  if (i + 1 < bytes.length) bytes[i + 1] = (bytes[i + 1] as number) ^ b;
  if (i + 2 < bytes.length) bytes[i + 2] = (bytes[i + 2] as number) ^ c;
}
