import { HoldfastError } from '@holdfast/core';
import { countAllocations } from '../engine/allocations.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import { attempt, hold, holdSame } from '../engine/target.ts';
import { cuttings } from '../generate/cuts.ts';
import type { HeadVerdict, ReferenceHeadLimits } from '../reference/reference-head.ts';
import { checkAllocated } from './allocated.ts';

/** What is common to the parsers of both heads. */
export interface HeadParserLike<H> {
  push(chunk: Uint8Array): { readonly head: H; readonly rest: Uint8Array } | undefined;
}

const bytesLimits = [16_384, 16_384, 16_384, 400, 200, 64];
const countLimits = [100, 100, 100, 5, 4, 0];
const lineLimits = [8_192, 8_192, 8_192, 100, 45, 20];

/** Limits that one byte chooses: the usual ones, or tight ones. */
export function headLimits(choice: number): ReferenceHeadLimits {
  return {
    maxHeaderBytes: bytesLimits[choice % 6] as number,
    maxHeaders: countLimits[Math.floor(choice / 6) % 6] as number,
    maxHeaderLineBytes: lineLimits[Math.floor(choice / 36) % 6] as number,
  };
}

/**
 * Lets a parser read the stream in all cuttings, and throws a Breach unless all come to the same and to what the verdict
 * says. Answers the head, an error, or `undefined` where the head is not whole.
 */
export function readInCuttings<H>(
  create: () => HeadParserLike<H>,
  stream: Uint8Array,
  cutSeed: number,
  verdict: HeadVerdict,
): H | HoldfastError | undefined {
  const answers = cuttings(stream, cutSeed).map(({ name, chunks }) => {
    const [answer, allocated] = countAllocations(() => read(create(), chunks));
    checkAllocated(allocated, stream.length, 8);
    checkVerdict(answer?.read, verdict, name);
    if (answer?.rest) holdSame(toLatin1(answer.rest), toLatin1(stream.subarray(verdict.head?.bytes)), `rest ${name}`);
    return answer?.read;
  });
  for (const answer of answers) holdSame(show(answer), show(answers[0]), 'another cutting');
  return answers[0];
}

function read<H>(
  parser: HeadParserLike<H>,
  chunks: readonly Uint8Array[],
): { readonly read: H | HoldfastError; readonly rest?: Uint8Array } | undefined {
  for (const [index, chunk] of chunks.entries()) {
    const answer = attempt(() => parser.push(chunk));
    if (answer instanceof HoldfastError) return { read: answer };
    if (answer) return { read: answer.head, rest: concat([answer.rest, ...chunks.slice(index + 1)]) };
  }
  return undefined;
}

function checkVerdict(got: unknown, { head, mayBeMalformed, mayBeTooLarge }: HeadVerdict, how: string): void {
  if (head) return hold(got !== undefined && !(got instanceof HoldfastError), () => `refused ${how}: ${show(got)}`);
  if (got === undefined) return;
  hold(got instanceof HoldfastError, `taken ${how}, and by the RFC it is no head`);
  const may = { 'http-malformed': mayBeMalformed, 'http-too-large': mayBeTooLarge }[got.code as string];
  hold(may === true, () => `refused ${how}: ${got.message}`);
}

/** What is the same under any cutting: the head, or the code of the error, whose message shows what had arrived. */
function show(got: unknown): string {
  return got instanceof HoldfastError ? got.code : JSON.stringify(got);
}
