import type { MessageCodec } from '@holdfast/core';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import {
  checkAnswer,
  chooseOffer,
  type DeflateAgreement,
  formatOffers,
} from '../../../packages/node/src/deflate/negotiation.ts';
import { resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import { parseExtensions } from '../../../packages/node/src/handshake/extension-header.ts';
import type { CompressionHandshake, Role, Row } from '../row/row.ts';

/** The codec that our side gets from the handshake of a row, without the handshake. Throws where our side would. */
export function agreedCodec({ compression }: Row, role: Role): MessageCodec | undefined {
  const handshake = compression?.[role];
  if (!handshake) return undefined;
  const agreement = role === 'client' ? takeAnswer(handshake) : takeOffer(handshake);
  return agreement && new DeflateCodec(role, agreement);
}

function takeAnswer({ options, offered, agreed }: CompressionHandshake): DeflateAgreement | undefined {
  const asked = resolveCompression(options, false);
  checkText(formatOffers(asked), offered, 'offered');
  return checkAnswer(agreed === '' ? [] : [agreed], asked);
}

function takeOffer({ options, offered, agreed }: CompressionHandshake): DeflateAgreement | undefined {
  const [own] = resolveCompression(options, false);
  const agreement = own && chooseOffer(parseExtensions([offered]) ?? [], own);
  checkText(agreement?.text ?? '', agreed, 'agreed to');
  return agreement;
}

function checkText(got: string, expected: string, what: string): void {
  if (got !== expected) throw new Error(`our side ${what} "${got}", not "${expected}"`);
}
