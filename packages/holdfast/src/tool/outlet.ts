import { once } from 'node:events';
import type { Look } from './command.ts';
import { escapeLine } from './escape-text.ts';
import { formatJson } from './format-json.ts';
import { describe, formatText, type TextForm } from './format-text.ts';
import { formatHex } from './hex.ts';
import { choosePaint } from './paint.ts';
import type { Report } from './report.ts';
import type { Terminal } from './terminal.ts';

/** Where reports go. */
export interface Outlet {
  show(report: Report): void;
  /** Resolves when whoever reads the output has taken enough of it. */
  drained(): Promise<void>;
}

type Streams = Pick<Terminal, 'stdout' | 'stderr' | 'env'>;

/** Lines of JSON; or lines for people on a terminal, by `print`; or, in a pipe, what was received and nothing else. */
export function createOutlet(streams: Streams, look: Look, print: (text: string) => void): Outlet {
  const { stdout } = streams;
  return {
    show: look.isJson
      ? (report) => void stdout.write(`${formatJson(report, new Date())}\n`)
      : stdout.isTTY
        ? showText(streams, look, print)
        : showPiped(streams, look),
    async drained() {
      if (stdout.writableNeedDrain && !stdout.destroyed)
        await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
    },
  };
}

function textForm({ env }: Streams, look: Look, isTerminal: boolean): TextForm {
  const { isFull, frames, isColourOff: isOff } = look;
  return { isFull, frames, paint: choosePaint({ isTerminal, isOff, env }) };
}

function showText(streams: Streams, look: Look, print: (text: string) => void): Outlet['show'] {
  const form = textForm(streams, look, true);
  return (report) => print(formatText(report, new Date(), form));
}

/** Messages, frames and the checksums of files, as `sha256sum` writes them, go to the pipe; what is to be worried about goes where errors go. */
function showPiped(streams: Streams, look: Look): Outlet['show'] {
  const { stdout, stderr } = streams;
  const form = textForm(streams, look, stderr.isTTY);
  const bare = textForm(streams, look, false);
  return (report) => {
    if (report.event === 'message' && report.direction === 'in') stdout.write(`${pipedData(report.data)}\n`);
    else if (report.event === 'frame')
      stdout.write(`${report.direction === 'in' ? '<' : '>'} ${describe(report, bare)}\n`);
    else if (report.event === 'file') stdout.write(`${report.digest}  ${escapeLine(report.name)}\n`);
    else if (isWorthAWord(report)) stderr.write(`holdfast: ${describe(report, form)}\n`);
  };
}

/** Text as it came, for who reads the pipe; bytes as hex, so that a line is a message. */
function pipedData(data: string | Uint8Array): string {
  return typeof data === 'string' ? data : formatHex(data);
}

function isWorthAWord(report: Report): boolean {
  switch (report.event) {
    case 'closed':
      return report.exitCode !== 0;
    case 'disconnected':
    case 'waiting':
    case 'listening':
    case 'refused':
    case 'warning':
    case 'fault':
    case 'file-failed':
      return true;
    case 'open':
    case 'message':
    case 'frame':
    case 'pong':
    case 'joined':
    case 'left':
    case 'help':
    case 'sending':
    case 'file':
      return false;
  }
}
