import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { HoldfastError } from '@holdfast/core';
import { type FilePeer, type FileProgress, sendFile } from '@holdfast/node/files';
import type { SendCommand } from '../command.ts';
import { ExitCode, exitCodeOfError } from '../exit-code.ts';
import { createOutlet, type Outlet } from '../outlet.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { openFilesLine } from './files-line.ts';
import { ProgressBoard } from './progress-board.ts';

/** So many are on their way at once. */
const atOnce = 4;

/** A file of the command line. */
interface Outgoing {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** Names it on every line, so that it goes on where it ended. */
  readonly id: string;
}

/** Sends files, over lines that break and come back. Throws a UsageError on what is no file, or a HoldfastError. */
export async function sendFiles(command: SendCommand, terminal: Terminal): Promise<ExitCode> {
  const files = command.paths.map((path) => outgoing(path, command));
  const board = new ProgressBoard(terminal, command.look);
  const { show } = createOutlet(terminal, command.look, (text) => board.print(text));
  for (const { name, size, id } of files) show({ event: 'sending', name, size, id });
  const isServer = !('url' in command.line);
  let sent: Promise<ExitCode> = Promise.resolve(ExitCode.Closed);
  const line = await openFilesLine(command, show, (peer) => {
    const sending = sendAll(peer, files, command, { board, show });
    if (!isServer) sent = sending;
    void sending.then((code) => {
      if (!isServer || (command.isOnce && code === ExitCode.Closed)) line.close();
    });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.on(signal, () => line.close());
  const lineCode = await line.ended;
  const fileCode = await sent;
  return lineCode === ExitCode.Closed ? fileCode : lineCode;
}

function outgoing(path: string, { as, id = randomBytes(16).toString('hex') }: SendCommand): Outgoing {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status?.isFile()) throw new UsageError(`${JSON.stringify(path)} is no file`);
  return { path, name: as ?? basename(path), size: status.size, id };
}

interface Place {
  readonly board: ProgressBoard;
  readonly show: Outlet['show'];
}

/** Sends all to one peer; answers the first fault's exit code. */
async function sendAll(
  peer: FilePeer,
  files: readonly Outgoing[],
  command: SendCommand,
  place: Place,
): Promise<ExitCode> {
  const waiting = [...files];
  const codes: ExitCode[] = [];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      codes.push(await sendOne(peer, file, command, place));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return codes.find((code) => code !== ExitCode.Closed) ?? ExitCode.Closed;
}

async function sendOne(
  peer: FilePeer,
  { path, name, size, id }: Outgoing,
  { checksum }: SendCommand,
  { board, show }: Place,
): Promise<ExitCode> {
  const bar = board.add(name, size);
  const startMs = performance.now();
  let sentBytes = 0;
  const onProgress = (progress: FileProgress) => {
    sentBytes = progress.sentBytes;
    bar.show(sentBytes);
  };
  try {
    const { checksum: digest, ...sent } = await sendFile(peer, path, { id, name, checksum, onProgress });
    const elapsedMs = Math.round(performance.now() - startMs);
    bar.end();
    show({ event: 'file', direction: 'out', ...sent, checksum, digest, elapsedMs });
    return ExitCode.Closed;
  } catch (error) {
    bar.end();
    if (!(error instanceof HoldfastError)) throw error;
    show({ event: 'file-failed', direction: 'out', name, id, sentBytes, error });
    return exitCodeOfError(error.code);
  }
}
