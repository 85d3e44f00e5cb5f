import type { OwnRoom } from '../../demo-server/room.ts';
import { Shelf } from './send-back.ts';
import { serveFiles } from './serve-files.ts';

/** `/files`: what is sent lies in `folder` then; files of more than `maxBytes` are refused. */
export function createFilesRoom(folder: string, maxBytes: number): OwnRoom {
  const shelf = new Shelf(folder);
  return {
    maxMessageBytes: 2 ** 24,
    maxUnreadBytes: 2 ** 26,
    join: (connection) => serveFiles(connection, { folder, maxBytes, shelf }),
  };
}
