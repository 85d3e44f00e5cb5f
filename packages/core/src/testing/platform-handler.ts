import { abnormal, lost } from '../close-code.ts';
import { HoldfastError, type HoldfastErrorDetails } from '../errors.ts';
import { encodeUtf8, type Message } from '../message.ts';
import type { LinkHandler } from '../session/link.ts';

/** A handler whose link ends with a message that is longer than this. */
export function limitMessages(handler: LinkHandler, maxBytes: number): LinkHandler {
  return {
    ...handler,
    onMessage(data: Message) {
      const { length } = typeof data === 'string' ? encodeUtf8(data) : data;
      if (length > maxBytes) handler.onEnd(lost('message-too-large', `${length} bytes, limit ${maxBytes}`));
      else handler.onMessage(data);
    },
  };
}

/**
 * A handler that is told as much as a page: of a message when it is whole, and of a failure only that it is one; where
 * the app has it diagnosed, also the status of a refusal.
 */
export function inPage(handler: LinkHandler, isDiagnosed: boolean): LinkHandler {
  let hasOpened = false;
  return {
    ...handler,
    onOpen(link) {
      hasOpened = true;
      handler.onOpen(link);
    },
    onHeard() {},
    onDrain() {},
    onEnd(outcome) {
      if (outcome.wasClean) handler.onEnd(outcome);
      else if (hasOpened) handler.onEnd(lost('connection-lost'));
      else handler.onEnd(abnormal(dialError(isDiagnosed ? outcome.error : undefined)));
    },
  };
}

function dialError({ status, retryAfterMs = 0 }: HoldfastErrorDetails = {}): HoldfastError {
  if (status === undefined) return new HoldfastError('dial-failed');
  return new HoldfastError('http-status', `${status}`, { status, retryAfterMs });
}
