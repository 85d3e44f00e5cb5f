import { Protocol } from '@holdfast/core';
import * as ws from 'ws';

/** Reads chunks of what a server sends; answers how many messages came of them. */
export type Receiver = (chunks: readonly Uint8Array[]) => number;

/** No limit stands in the way of messages that are cut as small as they can be. */
const noLimit = 2 ** 30;

/** Ours, from the socket's bytes to messages. */
export function holdfastReceiver(): Receiver {
  const protocol = new Protocol({
    role: 'client',
    createMaskingKey: () => new Uint8Array(4),
    maxFragmentOverheadBytes: noLimit,
    maxFragments: noLimit,
  });
  return (chunks) => {
    let messages = 0;
    for (const chunk of chunks) {
      for (const { type } of protocol.receive(chunk)) {
        if (type === 'fault') throw new Error('what the bench made cannot be read');
        if (type === 'message') messages++;
      }
    }
    return messages;
  };
}

/** The part of ws's Receiver that is used; its types leave it out. */
interface WsReceiver {
  on(type: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
  _write(chunk: Uint8Array, encoding: string, done: (error?: Error) => void): void;
}

interface WsModule {
  readonly Receiver: new (options: object) => WsReceiver;
}

/** That of ws; text comes as bytes, which an app turns into text. */
export function wsReceiver(): Receiver {
  let messages = 0;
  const receiver = new (ws as unknown as WsModule).Receiver({}).on('message', (data, isBinary) => {
    if (!isBinary) data.toString();
    messages++;
  });
  const onDone = (error?: Error) => {
    if (error) throw error;
  };
  return (chunks) => {
    messages = 0;
    // oxlint-disable-next-line no-underscore-dangle -- past the queue of its stream, which a socket does not use either
    for (const chunk of chunks) receiver._write(chunk, 'buffer', onDone);
    return messages;
  };
}
