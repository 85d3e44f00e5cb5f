import { lost } from '../close-code.ts';
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

/** A handler that is told as much as a page: of a message when it is whole, and of a failure only that it is one. */
export function inPage(handler: LinkHandler): LinkHandler {
  let failure: 'dial-failed' | 'connection-lost' = 'dial-failed';
  return {
    ...handler,
    onOpen(link) {
      failure = 'connection-lost';
      handler.onOpen(link);
    },
    onHeard() {},
    onDrain() {},
    onEnd: (outcome) => handler.onEnd(outcome.wasClean ? outcome : lost(failure)),
  };
}
