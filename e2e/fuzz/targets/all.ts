import type { Target } from '../engine/target.ts';
import { closePayloadTarget } from './close-payload.ts';
import { compressedMessagesTarget } from './compressed-messages.ts';
import { compressionOffersTarget } from './compression-offers.ts';
import { deflatePairTarget } from './deflate-pair.ts';
import { encodeFrameTarget } from './encode-frame.ts';
import { endpointTarget } from './endpoint.ts';
import { frameDecoderTarget } from './frame-decoder.ts';
import { heldBytesTarget } from './held-bytes.ts';
import { protocolPairTarget } from './protocol-pair.ts';
import { protocolTarget } from './protocol.ts';
import { refusedResponseTarget } from './refused-response.ts';
import { requestHeadTarget } from './request-head.ts';
import { responseHeadTarget } from './response-head.ts';
import { sessionTarget } from './session.ts';
import { utf8Target } from './utf8.ts';

/** Everything that is fuzzed. */
export const targets: readonly Target[] = [
  utf8Target(),
  closePayloadTarget(),
  encodeFrameTarget(),
  frameDecoderTarget(),
  protocolTarget(),
  protocolPairTarget(),
  heldBytesTarget(),
  responseHeadTarget(),
  requestHeadTarget(),
  refusedResponseTarget(),
  endpointTarget(),
  compressedMessagesTarget(),
  deflatePairTarget(),
  compressionOffersTarget(),
  sessionTarget(),
];
