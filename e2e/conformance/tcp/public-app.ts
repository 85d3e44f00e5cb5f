import type { Message } from '@holdfast/core';
import { outgoing } from '../feed/protocol-side.ts';
import type { AppAct } from '../row/row.ts';
import type { App } from './app.ts';
import { AppLog } from './app.ts';

/** What a client and a connection of a server have in common here. */
export interface PublicSide {
  on(type: 'message', listener: (event: { data: Message }) => void): unknown;
  on(type: 'error', listener: (event: { error: { message: string } }) => void): unknown;
  on(type: 'closed', listener: (event: ClosedLike) => void): unknown;
  send(message: string | Uint8Array): unknown;
  ping(): Promise<number>;
  close(code?: number, reason?: string): Promise<unknown>;
}

interface ClosedLike {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly error?: { readonly code: string } | undefined;
}

/** An app that echoes, written against the public interface. */
export function publicApp(side: PublicSide, abandon: () => void): App {
  const log = new AppLog();
  let isClosing = false;
  let pinged: Promise<unknown> = Promise.reject(new Error('nobody pinged'));
  pinged.catch(() => {});

  side.on('message', ({ data }) => {
    log.hear(data);
    if (!isClosing) side.send(data);
  });
  // No row expects one: what could not be answered is named.
  side.on('error', ({ error }) => log.hear(`an error: ${error.message}`));
  side.on('closed', ({ code, reason, wasClean, error }) => {
    log.end({ code, reason, wasClean, error: error?.code ?? '' });
  });

  const act = async (step: AppAct): Promise<void> => {
    switch (step.kind) {
      case 'send':
        for (let count = 0; count < (step.times ?? 1); count++) side.send(outgoing(step.message));
        return;
      case 'ping':
        pinged = side.ping();
        // Told when it is asked for.
        pinged.catch(() => {});
        return;
      case 'pinged':
        await pinged;
        return;
      case 'close':
        isClosing = true;
        // Its end is told by `closed`.
        side.close(step.code, step.reason).catch(() => {});
        return;
      case 'fragments':
      case 'pong':
        throw new Error(`an app cannot do this: ${step.kind}`);
    }
  };
  return { log, act, abandon };
}
