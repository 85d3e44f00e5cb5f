import type { Client } from 'holdfast';
import { type FilePeer, isFileMessage, sendFile } from '@holdfast/node/files';

// #region pause
/** A switch: while it is off, nothing more is sent. */
export class Switch {
  #wait: Promise<void> | undefined;
  #go = () => {};

  off(): void {
    this.#wait ??= new Promise((resolve) => {
      this.#go = resolve;
    });
  }

  on(): void {
    this.#go();
    this.#wait = undefined;
  }

  /** For `onProgress`, which waits for what it answers. */
  readonly passing = (): Promise<void> | undefined => this.#wait;
}

export function sendWithSwitch(peer: FilePeer, path: string, held: Switch, signal: AbortSignal): Promise<unknown> {
  return sendFile(peer, path, { onProgress: held.passing, signal });
}
// #endregion pause

// #region resume
/** Sends, and goes on tomorrow in another process if it has to. */
export async function sendKnown(peer: FilePeer, path: string, id: string): Promise<string> {
  const { name, checksum } = await sendFile(peer, path, { id });
  return `${name} ${checksum}`;
}
// #endregion resume

// #region own
export function onOwnMessage(client: Client, listener: (text: string) => void): void {
  client.on('message', ({ data }) => {
    if (!isFileMessage(data)) listener(String(data));
  });
}
// #endregion own
