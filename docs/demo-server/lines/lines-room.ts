import type { Room } from '../room.ts';
import { parseLineRequest } from './line-faults.ts';
import type { WatchedLines, WatchedPiece } from './watched-lines.ts';

/**
 * `/lines?line=mark`: who joins watches the lines of this mark. Each piece comes as a binary message: a byte of flags (1: from
 * the server, 2: frames), the number of the line in 4 bytes, and the bytes themselves. Text that is sent breaks the lines.
 */
export function createLinesRoom(lines: WatchedLines): Room {
  return {
    maxMessageBytes: 1024,
    maxUnreadBytes: 2 ** 26,
    join(peer) {
      const mark = new URLSearchParams(peer.request.url.split('?', 2)[1]).get('line') ?? '';
      const begun = /^[\w-]{1,64}$/.test(mark)
        ? lines.begin(mark, (piece) => peer.send(formatPiece(piece)))
        : undefined;
      if (!begun) return void peer.close(1008, 'the query has no line=mark of its own');
      const { watch, end } = begun;
      peer.on('closed', end);
      peer.on('message', ({ data }) => {
        const request = typeof data === 'string' ? parseLineRequest(data) : undefined;
        if (request?.type === 'cut') watch.cut();
        else if (request) watch.setFaults(request.faults);
        else peer.close(1008, 'a message is {"type":"cut"} or {"type":"faults","faults":{...}}');
      });
    },
  };
}

function formatPiece({ line, from, kind, bytes }: WatchedPiece): Uint8Array {
  const message = new Uint8Array(5 + bytes.length);
  message[0] = (from === 'server' ? 1 : 0) | (kind === 'frames' ? 2 : 0);
  new DataView(message.buffer).setUint32(1, line);
  message.set(bytes, 5);
  return message;
}
