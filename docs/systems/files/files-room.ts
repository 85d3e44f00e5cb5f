import type { OwnRoom } from '../../demo-server/room.ts';
import { serveFiles } from './serve-files.ts';

/** The longest file that the demo server takes. */
const maxFileBytes = 2 ** 32;

/** `/files`: what is sent lies in `folder` then. */
export function createFilesRoom(folder: string): OwnRoom {
  return {
    maxMessageBytes: 2 ** 24,
    maxUnreadBytes: 2 ** 26,
    join: (connection) => serveFiles(connection, { folder, maxBytes: maxFileBytes }),
  };
}
