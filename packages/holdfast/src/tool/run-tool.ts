import { HoldfastError } from '@holdfast/core';
import { connectTo } from './connect-to.ts';
import { decodeFrames } from './decode-frames.ts';
import { ExitCode, exitCodeOfError } from './exit-code.ts';
import { receiveInto } from './files/receive-into.ts';
import { sendFiles } from './files/send-files.ts';
import { helpPage } from './help-page.ts';
import { listenOn } from './listen-on.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Does what the command line asks for, and answers what to exit with. A first signal closes, a second one ends at once. */
export async function runTool(terminal: Terminal, version: string): Promise<number> {
  let bySignal: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    terminal.on(signal, () => {
      if (bySignal !== undefined) terminal.exit(bySignal);
      bySignal = signalCodes[signal];
    });
  }
  const code = await run(terminal, version);
  return bySignal ?? code;
}

async function run(terminal: Terminal, version: string): Promise<ExitCode> {
  try {
    const command = parseArguments(terminal.argv.slice(2));
    switch (command.name) {
      case 'help':
        return say(terminal, helpPage());
      case 'version':
        return say(terminal, version);
      case 'decode':
        return await decodeFrames(command, terminal);
      case 'listen':
        return await listenOn(command, terminal);
      case 'connect':
        return await connectTo(command, terminal);
      case 'send':
        return await sendFiles(command, terminal);
      case 'receive':
        return await receiveInto(command, terminal);
    }
  } catch (error) {
    return tellFault(error, terminal);
  }
}

function say({ stdout }: Terminal, text: string): ExitCode {
  stdout.write(`${text}\n`);
  return ExitCode.Closed;
}

function tellFault(error: unknown, { stderr }: Terminal): ExitCode {
  if (error instanceof UsageError) {
    stderr.write(`holdfast: ${error.message}\nholdfast --help tells what there is\n`);
    return ExitCode.Usage;
  }
  if (!(error instanceof HoldfastError)) throw error;
  stderr.write(`holdfast: ${error.message}\n`);
  return exitCodeOfError(error.code);
}
