// Any bytes under any cutting come to the same: a head, a HoldfastError, or more is waited for; a head is taken exactly
// when it is one by the grammar of RFC 9112 and within the limits, and its fields and what follows are those of a
// reference. A response of status 101 opens a connection exactly when it answers the request by RFC 6455 4.1. Memory is
// linear in what has arrived.
import { HoldfastError, type HoldfastErrorCode } from '@holdfast/core';
import { acceptKey } from '../../../packages/node/src/handshake/accept-key.ts';
import { checkResponse } from '../../../packages/node/src/handshake/client-handshake.ts';
import { type ResponseHead, ResponseHeadParser } from '../../../packages/node/src/handshake/response-head.ts';
import { concat, toLatin1 } from '../engine/hex.ts';
import { attempt, hold, holdSame, type Target } from '../engine/target.ts';
import { generateResponse, sampleKey } from '../generate/response.ts';
import {
  judgeHead,
  membersOf,
  type ReferenceHead,
  type ReferenceHeadLimits,
  statusLine,
  valuesOf,
} from '../reference/reference-head.ts';
import { headLimits, type HeadParserLike, readInCuttings } from './head-cuttings.ts';

const headerBytes = 3;
const offers = [[], ['chat'], ['superchat', 'chat']];

/** The parser of responses and the client's check of them, or a parser with a fault planted. */
export function responseHeadTarget(
  create: (limits: ReferenceHeadLimits) => HeadParserLike<ResponseHead> = (limits) => new ResponseHeadParser(limits),
): Target {
  return {
    name: 'response-head',
    weight: { long: 80, short: 70 },
    headerBytes,
    generate(random) {
      const limits = random.chance(0.7) ? 0 : random.below(256);
      return concat([Uint8Array.of(limits, random.below(3), random.below(256)), generateResponse(random)]);
    },
    run(input) {
      const [limitChoice = 0, offerChoice = 0, cutSeed = 0] = input;
      const limits = headLimits(limitChoice);
      const stream = input.subarray(headerBytes);
      const verdict = judgeHead(toLatin1(stream), statusLine, limits);
      const head = readInCuttings(() => create(limits), stream, cutSeed, verdict);
      if (head === undefined) return ['not whole'];
      if (head instanceof HoldfastError) return [head.code];
      checkHead(head, verdict.head as ReferenceHead);
      if (head.status !== 101) return ['a head of another status'];
      return [checkSwitch(head, verdict.head as ReferenceHead, offers[offerChoice % 3] as string[])];
    },
  };
}

function checkHead({ status, reason, headers }: ResponseHead, { startLine, fields }: ReferenceHead): void {
  const [, ...words] = startLine.split(' ');
  holdSame(`${status} ${reason}`, [words[0], words.slice(1).join(' ')].join(' '), 'status line');
  holdSame(JSON.stringify(headers), JSON.stringify(fields), 'headers');
}

function checkSwitch(head: ResponseHead, reference: ReferenceHead, protocols: readonly string[]): string {
  const answer = attempt(() => checkResponse(head, { key: sampleKey, protocols }, acceptKey));
  const broken = brokenRules(reference, protocols);
  if (answer instanceof HoldfastError) {
    hold(broken.includes(answer.code), () => `refused by ${answer.message}, expected ${broken.join(' or ') || 'none'}`);
    return answer.code;
  }
  holdSame(broken.join(), '', 'rules that are broken, and it was taken');
  holdSame(answer.protocol, valuesOf(reference, 'sec-websocket-protocol')[0] ?? '', 'sub-protocol');
  return answer.protocol ? 'taken with a sub-protocol' : 'taken';
}

/** RFC 6455 4.1, what the client MUST validate, and in browsers also that an offer is taken up. */
function brokenRules(head: ReferenceHead, offered: readonly string[]): HoldfastErrorCode[] {
  const is = (name: string, value: string) => valuesOf(head, name).join('\n') === value;
  const chosen = valuesOf(head, 'sec-websocket-protocol');
  const isAgreed = offered.length === 0 ? chosen.length === 0 : chosen.length === 1 && offered.includes(chosen.join());
  const rules: Partial<Record<HoldfastErrorCode, boolean>> = {
    'handshake-upgrade': valuesOf(head, 'upgrade').join('\n').toLowerCase() === 'websocket',
    'handshake-connection': membersOf(head, 'connection').includes('upgrade'),
    'handshake-accept': is('sec-websocket-accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='),
    'handshake-extension': valuesOf(head, 'sec-websocket-extensions').length === 0,
    'handshake-protocol': isAgreed,
  };
  return Object.entries(rules)
    .filter(([, isKept]) => !isKept)
    .map(([code]) => code as HoldfastErrorCode);
}
