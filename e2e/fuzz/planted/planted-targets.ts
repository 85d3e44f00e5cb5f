// The targets of the fuzz, each with a fault in what it is given, and two that wrong their thread.
import { decodeClosePayload, encodeFrame, FrameDecoder, HoldfastError, Protocol } from '@holdfast/core';
import { createClient } from '@holdfast/core/adapter';
import { Utf8Validator } from '../../../packages/core/src/bytes/utf8.ts';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import { chooseOffer } from '../../../packages/node/src/deflate/negotiation.ts';
import { RefusedResponse } from '../../../packages/node/src/handshake/refused-response.ts';
import { RequestHeadParser } from '../../../packages/node/src/handshake/request-head.ts';
import { ResponseHeadParser } from '../../../packages/node/src/handshake/response-head.ts';
import { checkRequest } from '../../../packages/node/src/handshake/server-handshake.ts';
import type { Target } from '../engine/target.ts';
import { closePayloadTarget } from '../targets/close-payload.ts';
import { compressedMessagesTarget } from '../targets/compressed-messages.ts';
import { compressionOffersTarget } from '../targets/compression-offers.ts';
import { deflatePairTarget } from '../targets/deflate-pair.ts';
import { encodeFrameTarget } from '../targets/encode-frame.ts';
import { endpointTarget } from '../targets/endpoint.ts';
import { frameDecoderTarget } from '../targets/frame-decoder.ts';
import { heldBytesTarget } from '../targets/held-bytes.ts';
import { maskingKeys } from '../targets/protocol-output.ts';
import { protocolPairTarget } from '../targets/protocol-pair.ts';
import { protocolTarget } from '../targets/protocol.ts';
import { refusedResponseTarget } from '../targets/refused-response.ts';
import { requestHeadTarget } from '../targets/request-head.ts';
import { responseHeadTarget } from '../targets/response-head.ts';
import { sessionTarget } from '../targets/session.ts';
import { utf8Target } from '../targets/utf8.ts';

/** A decoder that does not mind a length in more bytes than it needs. */
class LaxDecoder extends FrameDecoder {
  override push(chunk: Uint8Array) {
    try {
      return super.push(chunk);
    } catch (error) {
      if ((error as HoldfastError).code === 'length-not-minimal') return [];
      throw error;
    }
  }
}

/** A decoder that takes memory before it knows that it needs it. */
class GreedyDecoder extends FrameDecoder {
  override push(chunk: Uint8Array) {
    const buffer = new Uint8Array(70_000 + chunk.length);
    buffer.set(chunk);
    return super.push(buffer.subarray(0, chunk.length));
  }
}

/** A decoder that unmasks in the memory of whoever gave it the chunk. */
class RudeDecoder extends FrameDecoder {
  override push(chunk: Uint8Array) {
    const frames = super.push(chunk.slice());
    if (frames.length > 0) chunk.fill(0);
    return frames;
  }
}

/** A protocol that tells nothing of a frame that ends in a chunk of one byte. */
class CutProtocol extends Protocol {
  override receive(chunk: Uint8Array) {
    const events = super.receive(chunk);
    return chunk.length === 1 ? events.filter(({ type }) => type !== 'pong') : events;
  }
}

/** A protocol that goes on behind a fault. */
class DeafProtocol extends Protocol {
  override receive(chunk: Uint8Array) {
    return super.receive(chunk).filter(({ type }) => type !== 'fault');
  }
}

/** A protocol that keeps all that it ever got, more than once. */
class HoardingProtocol extends Protocol {
  readonly #hoard: Uint8Array[] = [];

  override receive(chunk: Uint8Array) {
    for (let copy = 0; copy < 8; copy++) this.#hoard.push(chunk.slice(), new Uint8Array(1000));
    return super.receive(chunk);
  }
}

/** A protocol that says that it has sent what it has not. */
class LosingProtocol extends Protocol {
  override send(message: string | Uint8Array) {
    return message.length === 126 ? 0 : super.send(message);
  }
}

class BreakableValidator extends Utf8Validator {
  override push(bytes: Uint8Array) {
    if (bytes.includes(0xf4)) (undefined as unknown as Uint8Array).slice();
    return super.push(bytes);
  }
}

/** A codec that takes what is cut for nothing. */
class LenientCodec extends DeflateCodec {
  override decode(...fragment: Parameters<DeflateCodec['decode']>) {
    try {
      return super.decode(...fragment);
    } catch {
      return new Uint8Array(0);
    }
  }
}

/** Shows only what came in the first chunk. */
class HastyRefusal extends RefusedResponse {
  #count = 0;

  override push(chunk: Uint8Array) {
    return this.#count++ > 0 || super.push(chunk);
  }
}

const kept: Uint8Array[] = [];

const toy = { weight: { long: 1, short: 1 }, headerBytes: 0, generate: () => new Uint8Array(3) };

/** Every fault that is planted, by what it does wrong. */
export const plantedTargets: readonly Target[] = [
  named(
    'forgets a rule',
    frameDecoderTarget((options) => new LaxDecoder(options)),
  ),
  named(
    'takes memory early',
    frameDecoderTarget((options) => new GreedyDecoder(options)),
  ),
  named(
    'writes into chunks',
    frameDecoderTarget((options) => new RudeDecoder(options)),
  ),
  named(
    'depends on cutting',
    protocolTarget((options) => new CutProtocol(options)),
  ),
  named(
    'tells no fault',
    protocolTarget((options) => new DeafProtocol(options)),
  ),
  named(
    'holds too much',
    heldBytesTarget((options) => new HoardingProtocol(options)),
    1,
  ),
  named(
    'loses a message',
    protocolPairTarget(
      (maxFragmentBytes) => new LosingProtocol({ role: 'client', createMaskingKey: maskingKeys(), maxFragmentBytes }),
    ),
  ),
  named(
    'throws a TypeError',
    utf8Target(() => new BreakableValidator()),
  ),
  named(
    'takes a wrong close code',
    closePayloadTarget((payload) => {
      try {
        return decodeClosePayload(payload);
      } catch (error) {
        if ((error as HoldfastError).code === 'close-code') return { code: 1000, reason: '' };
        throw error;
      }
    }),
  ),
  named(
    'forgets the mask and the bits',
    encodeFrameTarget(({ opcode, payload }) => encodeFrame({ opcode, payload })),
  ),
  named(
    'takes a header too many',
    requestHeadTarget((limits) => new RequestHeadParser({ ...limits, maxHeaders: limits.maxHeaders + 1 })),
  ),
  named(
    'takes any origin',
    requestHeadTarget(undefined, (head, peer, policy) => checkRequest(head, peer, { ...policy, origin: '*' })),
  ),
  named(
    'refuses a line within its limit',
    responseHeadTarget(
      (limits) => new ResponseHeadParser({ ...limits, maxHeaderLineBytes: limits.maxHeaderLineBytes >> 1 }),
    ),
  ),
  named(
    'shows half a refusal',
    refusedResponseTarget((head) => new HastyRefusal(head)),
  ),
  named(
    'shows a password',
    endpointTarget((url) => {
      throw new HoldfastError('invalid-url', String(url));
    }),
  ),
  named(
    'takes what is no deflate',
    compressedMessagesTarget((agreement) => new LenientCodec('client', agreement)),
  ),
  named(
    'compresses by too large a window',
    deflatePairTarget((role, agreement) => {
      const whole = { windowBits: 15, keepsContext: true };
      return new DeflateCodec(role, { ...agreement, server: whole, client: whole });
    }),
  ),
  named(
    'forgets what was asked of it',
    compressionOffersTarget((extensions, options) =>
      chooseOffer(
        extensions.map(({ name }) => ({ name, parameters: [] })),
        options,
      ),
    ),
  ),
  named(
    'dials twice at once',
    sessionTarget((source, options, connector, platform, base) =>
      createClient(source, options, (...dial) => (connector(...dial), () => {}), platform, base),
    ),
  ),
  named(
    'leaves a timer behind closed',
    sessionTarget((source, options, connector, { after, ...platform }, base) =>
      createClient(
        source,
        options,
        connector,
        { ...platform, after: (delayMs, task) => forgetful(after(delayMs, task), delayMs) },
        base,
      ),
    ),
  ),
  named(
    'hands messages over twice',
    sessionTarget((source, options, connector, platform, base) =>
      createClient(
        source,
        options,
        (url, protocols, handler) =>
          connector(url, protocols, {
            ...bound(handler),
            onOpen(link) {
              const { send } = link;
              link.send = (message) => (send.call(link, message), send.call(link, message));
              handler.onOpen(link);
            },
          }),
        platform,
        base,
      ),
    ),
  ),
  {
    ...toy,
    name: 'leaks',
    run: () => {
      kept.push(new Uint8Array(12_000));
      return [];
    },
  },
  {
    ...toy,
    name: 'hangs',
    run: () => {
      for (;;);
    },
  },
];

/** The end of a timer that long ones do not have. A short one that repeats would go on for ever. */
function forgetful(cancel: () => void, delayMs = 0): () => void {
  return delayMs >= 5000 ? () => {} : cancel;
}

function named(name: string, target: Target, weight = 10): Target {
  return { ...target, name, weight: { long: weight, short: weight } };
}

/** A handler whose methods are its own. */
function bound<T extends object>(handler: T): T {
  const methods = Object.entries(handler).map(([name, method]) => [name, (method as () => void).bind(handler)]);
  return Object.fromEntries(methods) as T;
}
