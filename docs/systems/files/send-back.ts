import { join } from 'node:path';
import type { Connection } from '@holdfast/node/server';
import { isFileMessage, type ReceivedFile, sendFile } from '@holdfast/node/files';

/** How many files are remembered, and how many go back over one connection at once. */
const maxKept = 1_000;
const maxAtOnce = 4;

/** The files that have arrived, for those who know their ids: nobody else was told them. */
export class Shelf {
  readonly #folder: string;
  readonly #paths = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  add({ id, name }: ReceivedFile): void {
    this.#paths.set(id, join(this.#folder, name));
    for (const oldest of [...this.#paths.keys()].slice(0, this.#paths.size - maxKept)) this.#paths.delete(oldest);
  }

  /** Sends back what this connection asks for: `{"get":"<id>","as":"<a new id>"}`, or says `{"gone":"<the new id>"}`. */
  serve(connection: Connection): void {
    let under = 0;
    connection.on('message', async ({ data }) => {
      const asked = isFileMessage(data) ? undefined : parseRequest(data);
      if (asked === undefined) return;
      const path = this.#paths.get(asked.get);
      try {
        if (path === undefined || ++under > maxAtOnce) throw new Error('nothing to send');
        await sendFile(connection, path, { id: asked.as });
      } catch {
        if (connection.state.name === 'open') connection.send(JSON.stringify({ gone: asked.as }));
      } finally {
        if (path !== undefined) under--;
      }
    });
  }
}

function parseRequest(data: unknown): { readonly get: string; readonly as: string } | undefined {
  try {
    const { get, as } = JSON.parse(String(data)) as Record<string, unknown>;
    return typeof get === 'string' && typeof as === 'string' && /^[\w-]{16,64}$/.test(as) ? { get, as } : undefined;
  } catch {
    return undefined;
  }
}
