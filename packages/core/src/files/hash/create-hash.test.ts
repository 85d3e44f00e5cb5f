import { createHash as platformHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChecksumName, createHash, hashSource } from './create-hash.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const eighty = '12345678901234567890123456789012345678901234567890123456789012345678901234567890';

/** From RFC 1321 A.5 and RFC 6234 8.5. */
const vectors: readonly [name: ChecksumName, text: string, digest: string][] = [
  ['md5', '', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['md5', 'a', '0cc175b9c0f1b6a831c399e269772661'],
  ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['md5', 'message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['md5', eighty, '57edf4a22be3c955ac49da2e2107b67a'],
  ['sha-256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha-256',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['sha-256', 'a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  [
    'sha-256',
    '0123456701234567012345670123456701234567012345670123456701234567'.repeat(10),
    '594847328451bdfa85056225462cc1d867d877fb388df0ce35f25ab5562bfbb5',
  ],
];

describe('a checksum', () => {
  it.each(vectors)('%s is that of the RFC, whole and byte by byte: %.20s', (name, text, digest) => {
    const bytes = utf8(text);
    const whole = createHash(name);
    whole.update(bytes);
    expect(whole.digest()).toBe(digest);
    const single = createHash(name);
    for (const byte of bytes) single.update(Uint8Array.of(byte));
    expect(single.digest()).toBe(digest);
  });

  it.each([
    ['md5', 'md5'],
    ['sha-256', 'sha256'],
  ] as const)('%s of every length around a block is what the platform says', (name, platformName) => {
    for (let length = 0; length < 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
      const hash = createHash(name);
      hash.update(bytes.subarray(0, length >> 1));
      hash.update(bytes.subarray(length >> 1));
      expect(hash.digest()).toBe(platformHash(platformName).update(bytes).digest('hex'));
    }
  });

  it.each(['sha-256', 'md5'] as const)('%s can be made from its source alone, as a worker does', (name) => {
    // oxlint-disable-next-line typescript/no-implied-eval -- what a worker of a page is made of
    const remake = new Function(`return ${hashSource()}`)() as typeof createHash;
    const [remade, whole] = [remake(name), createHash(name)];
    for (const hash of [remade, whole]) hash.update(utf8(eighty));
    expect(remade.digest()).toBe(whole.digest());
  });

  it('of another name throws', () => {
    expect(() => createHash('sha-1' as never)).toThrow('invalid-option');
    expect(() => createHash('toString' as never)).toThrow('invalid-option');
  });
});
