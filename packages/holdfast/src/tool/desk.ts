import { HoldfastError, type Outgoing } from '@holdfast/core';
import type { Look, Talk } from './command.ts';
import { readMessages, toMessage } from './input.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { Screen } from './screen.ts';
import { type Entry, parseEntry, slashHelp } from './slash-command.ts';
import { hasPrompt, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** What input is for: a connection, or all of a server. */
export interface Partner {
  /** Sends, shows that, and resolves when more can be taken. */
  send(message: Outgoing): Promise<void>;
  /** Pings, and shows the answers. */
  ping(): Promise<void>;
  reconnect(): void;
  /** Throws a HoldfastError on a code that an app may not send. */
  close(code: number, reason: string): void;
}

/** Where somebody sits and talks, or a pipe does. */
export interface Desk {
  readonly outlet: Outlet;
  /** Hands the input over; resolves when it has ended, which a prompt never does: it closes. Rejects with a UsageError. */
  listen(partner: Partner): Promise<void>;
  /** Reads no more. */
  close(): void;
}

/** The desk of a command: a prompt on a terminal, lines of a pipe otherwise. */
export function openDesk(terminal: Terminal, { look, talk }: { readonly look: Look; readonly talk: Talk }): Desk {
  const { stdin, stdout } = terminal;
  let screen: Screen | undefined;
  const print = (text: string) => (screen ? screen.print(text) : void stdout.write(`${text}\n`));
  const outlet = createOutlet(terminal, look, print);
  return {
    outlet,
    async listen(partner) {
      if (talk.messages.length > 0) {
        for (const text of talk.messages) await partner.send(toMessage(text, talk.form));
      } else if (hasPrompt(terminal) && !look.isJson) {
        await new Promise<void>(() => {
          const onLine = (line: string) => void enter(line, talk, partner, outlet);
          screen = new Screen(terminal, { onLine, onEnd: () => partner.close(1000, '') });
        });
      } else await readMessages(stdin, talk, (message) => partner.send(message));
    },
    close() {
      screen?.close();
      stdin.destroy();
    },
  };
}

/** Does what a line of the prompt asks for; what is wrong with it is shown. */
async function enter(line: string, { form }: Talk, partner: Partner, outlet: Outlet): Promise<void> {
  try {
    await carryOut(parseEntry(line), form, partner, outlet);
  } catch (error) {
    if (!(error instanceof HoldfastError || error instanceof UsageError)) throw error;
    outlet.show({ event: 'fault', text: error.message });
  }
}

async function carryOut(entry: Entry, form: Talk['form'], partner: Partner, outlet: Outlet): Promise<void> {
  switch (entry.name) {
    case 'say':
      return partner.send(toMessage(entry.text, form));
    case 'binary':
      return partner.send(entry.bytes);
    case 'ping':
      return partner.ping();
    case 'reconnect':
      return partner.reconnect();
    case 'help':
      return outlet.show({ event: 'help', lines: slashHelp });
    case 'close':
      return partner.close(entry.code, entry.reason);
  }
}
