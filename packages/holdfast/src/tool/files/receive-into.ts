import { type FilePeer, receiveFiles } from '@holdfast/node/files';
import type { ReceiveCommand } from '../command.ts';
import { ExitCode, exitCodeOfError } from '../exit-code.ts';
import { createOutlet, type Outlet } from '../outlet.ts';
import type { Terminal } from '../terminal.ts';
import { openFilesLine } from './files-line.ts';
import { type Bar, ProgressBoard } from './progress-board.ts';

/** Receives files into a folder until it is ended. Throws a UsageError, or a HoldfastError on wrong options. */
export async function receiveInto(command: ReceiveCommand, terminal: Terminal): Promise<ExitCode> {
  const board = new ProgressBoard(terminal, command.look);
  const { show } = createOutlet(terminal, command.look, (text) => board.print(text));
  let faultCode: ExitCode = ExitCode.Closed;
  const line = await openFilesLine(command, show, (peer) => {
    takeFrom(peer, command, board, (report) => {
      show(report);
      if (report.event === 'file-failed' && faultCode === ExitCode.Closed) {
        faultCode = exitCodeOfError(report.error.code);
      }
      if (report.event === 'file' && command.isOnce) line.close();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.on(signal, () => line.close());
  const lineCode = await line.ended;
  return lineCode === ExitCode.Closed && !command.isOnce ? faultCode : lineCode;
}

/** Takes what one peer sends. */
function takeFrom(
  peer: FilePeer,
  { folder, existing, maxBytes }: ReceiveCommand,
  board: ProgressBoard,
  show: Outlet['show'],
): void {
  const under = new Map<string, { readonly bar: Bar; readonly startMs: number }>();
  const end = (id: string) => {
    const startMs = under.get(id)?.startMs ?? performance.now();
    under.get(id)?.bar.end();
    under.delete(id);
    return Math.round(performance.now() - startMs);
  };
  receiveFiles(peer, {
    folder,
    existing,
    maxBytes,
    onProgress({ sentBytes }, { id, name, size }) {
      if (!under.has(id)) under.set(id, { bar: board.add(name, size), startMs: performance.now() });
      under.get(id)?.bar.show(sentBytes);
    },
    onFile(file) {
      show({ event: 'file', direction: 'in', ...file, elapsedMs: end(file.id) });
    },
    onError(error, { name, id }) {
      end(id);
      show({ event: 'file-failed', direction: 'in', name, id, error });
    },
  });
  // Who comes back begins anew.
  peer.on('closed', () => [...under.keys()].forEach(end));
}
