import type { Message } from '@holdfast/core';
import type { PageLink } from '../line/page-link.ts';
import type { PageServer } from '../line/page-server.ts';

const maxMessageBytes = 1024 * 1024;

/**
 * Puts these frames on a line of their own to `/echo`, and answers the first message that comes back. Rejects with what
 * ended the line before.
 */
export function sendFragments(server: PageServer, frames: readonly Uint8Array[]): Promise<Message> {
  const dial = server.transport().connector(maxMessageBytes, '');
  return new Promise((resolve, reject) => {
    let link: PageLink;
    dial(`${server.url}/echo`, [], {
      onOpen(opened) {
        link = opened as PageLink;
        for (const bytes of frames) link.write(bytes);
      },
      onMessage(message) {
        resolve(message);
        link.close(1000, 'whole');
      },
      onHeard() {},
      onPong() {},
      onDrain() {},
      // Behind the message it changes nothing.
      onEnd: ({ error, code, reason }) => reject(error ?? new Error(`closed with ${code} ${reason}`)),
    });
  });
}
