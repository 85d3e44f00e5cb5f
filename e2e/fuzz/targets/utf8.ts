// Any bytes in any pieces are text for the validator exactly when they are for TextDecoder and for the rows of RFC 3629,
// and the first byte that is wrong is refused when it comes. The decoder answers the very text, a leading U+FEFF too. A
// text that is cut is a prefix, no longer than asked, and no character is cut in two. Only `utf8-invalid` is thrown.
import { HoldfastError } from '@holdfast/core';
import { cutUtf8, Utf8Decoder, Utf8Validator } from '../../../packages/core/src/bytes/utf8.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import type { Random } from '../engine/random.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { type Cutting, cuttings } from '../generate/cuts.ts';
import { mutateBytes } from '../generate/mutate-bytes.ts';
import { brokenText, encode, text } from '../generate/text.ts';
import { firstWrongByte } from '../reference/reference-utf8.ts';

/** The part of a Utf8Validator that is fuzzed. */
export type ValidatorLike = Pick<Utf8Validator, 'push' | 'end'>;

const platform = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The strict UTF-8 of the wire half, or one with a fault planted. */
export function utf8Target(create: () => ValidatorLike = () => new Utf8Validator()): Target {
  return {
    name: 'utf8',
    weight: { long: 160, short: 60 },
    headerBytes: 1,
    generate: (random) => concat([random.bytes(1), generateBytes(random)]),
    run(input) {
      const bytes = input.subarray(1);
      const wrongAt = firstWrongByte(bytes);
      const expected = decodeByPlatform(bytes);
      holdSame(wrongAt === undefined, expected !== undefined, 'validity by the RFC, against TextDecoder');

      for (const cutting of cuttings(bytes, input[0] ?? 0)) checkPieces(create(), cutting, wrongAt);
      checkDecoder(bytes, expected);
      if (expected !== undefined) checkCut(bytes, (input[0] ?? 0) % 32);
      return [wrongAt === undefined ? 'valid' : wrongAt === bytes.length ? 'cut off' : 'wrong byte'];
    },
  };
}

function generateBytes(random: Random): Uint8Array {
  return random.pickWeighted<() => Uint8Array>([
    [3, () => encode(text(random, random.below(40)))],
    [4, () => brokenText(random, 12)],
    [3, () => mutateBytes(random, encode(text(random, random.below(20))), random.between(1, 3))],
    [1, () => random.bytes(random.below(12))],
  ])();
}

function decodeByPlatform(bytes: Uint8Array): string | undefined {
  try {
    return platform.decode(bytes);
  } catch {
    return undefined;
  }
}

function checkPieces(validator: ValidatorLike, { name, chunks }: Cutting, wrongAt: number | undefined): void {
  let bytes = 0;
  for (const chunk of chunks) {
    const error = attempt(() => validator.push(chunk));
    bytes += chunk.length;
    const isWrong = wrongAt !== undefined && wrongAt < bytes;
    checkRefusal(error, isWrong, `piece up to byte ${bytes}, ${name}`);
    if (isWrong) return;
  }
  const error = attempt(() => validator.end());
  checkRefusal(error, wrongAt !== undefined, `end, ${name}`);
  // After its end the validator is ready for another text.
  if (!error)
    checkRefusal(
      attempt(() => validator.push(encode('\u20ac'))),
      false,
      'next text',
    );
}

function checkRefusal(error: HoldfastError | undefined | void, isWrong: boolean, what: string): void {
  holdSame(
    error instanceof HoldfastError ? `${error.code} ${error.closeCode}` : 'taken',
    isWrong ? 'utf8-invalid 1007' : 'taken',
    what,
  );
}

function checkDecoder(bytes: Uint8Array, expected: string | undefined): void {
  const answer = attempt(() => new Utf8Decoder().decode(bytes));
  holdSame(answer instanceof HoldfastError ? undefined : answer, expected, 'decoded text');
  if (answer instanceof HoldfastError) holdSame(answer.code, 'utf8-invalid', 'error of the decoder');
}

function checkCut(bytes: Uint8Array, maxBytes: number): void {
  const cut = cutUtf8(bytes, maxBytes);
  hold(cut.length <= maxBytes, () => `cut to ${cut.length} bytes, asked for ${maxBytes}`);
  hold(toLatin1(bytes).startsWith(toLatin1(cut)), 'what was cut is no prefix');
  hold(firstWrongByte(cut) === undefined, 'a character was cut in two');
  hold(
    cut.length === bytes.length || cut.length > maxBytes - 4,
    () => `only ${cut.length} bytes of ${maxBytes} are left`,
  );
}
