import { createInterface } from 'node:readline';
import type { Outgoing } from '@holdfast/core';
import type { InputForm, Talk } from './command.ts';
import { parseHex } from './hex.ts';
import type { Terminal } from './terminal.ts';

/** Takes the messages of an input, one after the other; it is asked for the next when the promise is resolved. */
export type TakeMessage = (message: Outgoing) => Promise<void>;

/** One line, or one `--message`, as the message that it is. Throws a UsageError on hex that is none. */
export function toMessage(text: string, form: InputForm): Outgoing {
  switch (form) {
    case 'text':
      return text;
    case 'binary':
      return new TextEncoder().encode(text);
    case 'hex':
      return parseHex(text);
  }
}

/** Reads a pipe to its end: each line a message, or all of it one. */
export async function readMessages(
  stdin: Terminal['stdin'],
  { form, isWhole }: Talk,
  take: TakeMessage,
): Promise<void> {
  if (isWhole) return take(await readWhole(stdin, form));
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    await take(toMessage(line, form));
  }
}

async function readWhole(stdin: Terminal['stdin'], form: InputForm): Promise<Outgoing> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  return form === 'binary' ? bytes : toMessage(bytes.toString(), form);
}
