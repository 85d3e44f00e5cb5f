import type { Peer } from '../../demo-server/peer.ts';
import type { Room } from '../../demo-server/room.ts';
import { Credit } from './credit.ts';
import type { LogFile } from './log-file.ts';
import { type LogReply, parseLogRequest } from './log-protocol.ts';
import { type Position, type TailEvent, tailFile } from './tail-file.ts';

/** One message holds at most so many lines: a page draws between two. */
const maxLinesInMessage = 1000;

/** A reader that comes sees at most so much of what was written before. */
const tailBytes = 64 * 1024;

/** `/log`: the lines of a real file as they are written, as many as the reader asks for and no faster than it reads. */
export function createLogRoom(log: LogFile): Room {
  return { maxMessageBytes: 1024, maxUnreadBytes: 2 ** 24, join: (peer) => serveLog(peer, log) };
}

// #region serve
async function serveLog(peer: Peer, log: LogFile): Promise<void> {
  const end = new AbortController();
  const credit = new Credit(end.signal);
  peer.on('closed', () => end.abort());
  peer.on('message', ({ data }) => hear(peer, log, credit, data));
  for await (const event of tailFile(log.path, startOf(peer.request.url), end.signal)) {
    if (event.type === 'rotated') tell(peer, event);
    else await sendLines(peer, event, credit);
  }
}

/** Where a reader that comes back goes on, and one that is new begins. */
function startOf(url: string): Position | { readonly tailBytes: number } {
  const from = new URLSearchParams(url.split('?', 2)[1]).get('from') ?? '';
  const [, file, byte] = /^(\d+\.\d+):(\d{1,15})$/.exec(from) ?? [];
  return file === undefined ? { tailBytes } : { file, byte: Number(byte) };
}

async function sendLines(
  peer: Peer,
  { lines, next }: Extract<TailEvent, { type: 'lines' }>,
  credit: Credit,
): Promise<void> {
  for (let at = 0; at < lines.length; ) {
    const count = await credit.take(Math.min(lines.length - at, maxLinesInMessage));
    if (count === 0) return;
    const some = lines.slice(at, at + count);
    at += count;
    // In the middle of what was read there is no place to come back to: who does, skips what it has.
    tell(peer, { type: 'lines', lines: some, ...(at === lines.length && { next: `${next.file}:${next.byte}` }) });
    await peer.drained();
  }
}
// #endregion serve

async function hear(peer: Peer, log: LogFile, credit: Credit, data: string | Uint8Array): Promise<void> {
  const request = typeof data === 'string' ? parseLogRequest(data) : undefined;
  switch (request?.type) {
    case 'more':
      return credit.give(request.lines);
    case 'write':
      return log.writeMany(request.lines);
    case 'rotate':
      return log.rotate();
    case 'probe':
      return tell(peer, { type: 'probe-reply' });
    case undefined:
      peer.close(1008, 'a message is a JSON object of type more, write, rotate or probe');
  }
}

function tell(peer: Peer, reply: LogReply): void {
  peer.send(JSON.stringify(reply));
}
