// Whatever follows the head of a refusal, under any cutting: the error tells the same status, headers and body; the body
// is no longer than 1,024 bytes and than its announced length; once it said that no more is needed, more changes nothing.
import { HoldfastError } from '@holdfast/core';
import { RefusedResponse } from '../../../packages/node/src/handshake/refused-response.ts';
import { type ResponseHead, ResponseHeadParser } from '../../../packages/node/src/handshake/response-head.ts';
import { countAllocations } from '../engine/allocations.ts';
import { concat } from '../engine/hex.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { cuttings } from '../generate/cuts.ts';
import { body, generateResponse } from '../generate/response.ts';
import { headLimits } from './head-cuttings.ts';

/** The part of a RefusedResponse that is fuzzed. */
export type RefusedLike = Pick<RefusedResponse, 'push' | 'toError'>;

/** The body of a refusal, or its reader with a fault planted. */
export function refusedResponseTarget(
  create: (head: ResponseHead) => RefusedLike = (head) => new RefusedResponse(head),
): Target {
  return {
    name: 'refused-response',
    weight: { long: 25, short: 40 },
    headerBytes: 1,
    generate: (random) => concat([random.bytes(1), generateResponse(random), body(random)]),
    run(input) {
      const read = attempt(() => new ResponseHeadParser(headLimits(0)).push(input.subarray(1)));
      if (read === undefined || read instanceof HoldfastError || read.head.status === 101) return ['no refusal'];
      const { head, rest } = read;
      const errors = cuttings(rest, input[0] ?? 0).map(({ chunks }) => {
        const [error, allocated] = countAllocations(() => readBody(create(head), chunks));
        hold(allocated.largestBytes <= 4096, () => `a buffer of ${allocated.largestBytes} bytes for a body`);
        return error;
      });
      for (const { status, body: shown = '' } of errors) {
        holdSame(status, head.status, 'status');
        hold(shown.length <= 1024, () => `a body of ${shown.length} characters`);
        holdSame(shown, errors[0]?.body, 'body of another cutting');
      }
      return ['http-status', errors[0]?.body ? 'with a body' : 'without a body'];
    },
  };
}

function readBody(refused: RefusedLike, chunks: readonly Uint8Array[]): HoldfastError {
  const enough = chunks.findIndex((chunk) => refused.push(chunk));
  const error = refused.toError();
  holdSame(error.code, 'http-status', 'error of a refusal');
  // More may come before the socket is let go.
  if (enough >= 0) for (const chunk of chunks.slice(enough + 1)) refused.push(chunk);
  if (enough >= 0) holdSame(refused.toError().body, error.body, 'body after it was enough');
  return error;
}
