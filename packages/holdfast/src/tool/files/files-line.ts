import { isWorthRetrying } from '@holdfast/core/adapter';
import { type ClosedEvent, connect, type NodeClient } from '@holdfast/node';
import type { FilePeer } from '@holdfast/node/files';
import type { Dial, SendCommand, Stand } from '../command.ts';
import { dialOptions, tellLine } from '../dial.ts';
import { type Ending, ExitCode, exitCodeOfEnding } from '../exit-code.ts';
import type { Outlet } from '../outlet.ts';
import { hideQuery } from '../show-url.ts';
import { openStand } from '../stand.ts';

/** What files go over: a client, or all that connect. */
export interface FilesLine {
  /** Ends it from here. */
  close(): void;
  /** Resolves, when it has ended, to what that comes to. */
  readonly ended: Promise<ExitCode>;
}

/** A server that has been there is waited for so long, unless the command line says otherwise. */
const usualWaitMs = 60_000;

/** Opens it; each peer is given to `onPeer`. Throws a UsageError or a HoldfastError on wrong options. */
export function openFilesLine(
  { line, waitMs }: Pick<SendCommand, 'line' | 'waitMs'>,
  show: Outlet['show'],
  onPeer: (peer: FilePeer) => void,
): Promise<FilesLine> | FilesLine {
  return 'url' in line ? dial(line, waitMs, show, onPeer) : stand(line, show, onPeer);
}

function dial(
  how: Dial,
  waitMs: number | undefined,
  show: Outlet['show'],
  onPeer: (peer: FilePeer) => void,
): FilesLine {
  let isReached = waitMs !== undefined;
  const client = connect(how.url, {
    ...dialOptions(how),
    reconnect: {
      minDelayMs: 200,
      maxDelayMs: 5_000,
      shouldReconnect: (cause) => isReached && isWorthRetrying(cause),
    },
  });
  client.on('open', () => {
    isReached = true;
  });
  tellLine(client, how, show);
  const lastFault = limitWait(client, waitMs ?? usualWaitMs);
  let isOurs = false;
  const ended = new Promise<ClosedEvent>((resolve) => client.on('closed', resolve)).then((closed) => {
    const { code, reason, wasClean, error } = closed;
    const exitCode = exitCodeOfEnding(lastFault() ?? closed, isOurs);
    show({ event: 'closed', code, reason, wasClean, error, exitCode });
    return exitCode;
  });
  onPeer(client);
  return {
    ended,
    close() {
      isOurs = true;
      void client.close(1000);
    },
  };
}

/** Closes a client that has had no line for so long; the answer is then why. */
function limitWait(client: NodeClient, limitMs: number): () => Ending | undefined {
  let timer: NodeJS.Timeout | undefined;
  let last: Ending | undefined;
  let fault: Ending | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  client.on('disconnected', ({ code, error, willReconnect }) => {
    last = { code, error };
    if (!willReconnect || limitMs === Number.POSITIVE_INFINITY) return;
    timer ??= setTimeout(() => {
      fault = last;
      void client.close(1000);
    }, limitMs);
  });
  client.on('open', stop);
  client.on('closed', stop);
  return () => fault;
}

async function stand(how: Stand, show: Outlet['show'], onPeer: (peer: FilePeer) => void): Promise<FilesLine> {
  let count = 0;
  const server = await openStand(how, show, (connection) => {
    const number = ++count;
    const { url, remoteAddress: address } = connection.request;
    show({ event: 'joined', connection: number, address, path: hideQuery(url), protocol: connection.protocol });
    connection.on('closed', ({ code, reason }) => show({ event: 'left', connection: number, code, reason }));
    onPeer(connection);
  });
  let close = () => {};
  const ended = new Promise<void>((resolve) => {
    close = resolve;
  }).then(async () => {
    await server.close();
    return ExitCode.Closed;
  });
  return { ended, close };
}
