import { readData } from './file-data.ts';
import { readPacket } from './packet.ts';

/** Whether a message belongs to a file on its way, in either direction: the app leaves it alone. */
export function isFileMessage(message: unknown): boolean {
  return readData(message) !== undefined || readPacket(message) !== undefined;
}
