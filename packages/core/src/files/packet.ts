import { type FileErrorCode, fileErrorCodes } from '../file-error-code.ts';
import { type ChecksumName, isChecksumName } from './hash/create-hash.ts';

/** Whether this is one of the words for why. */
export function isFileErrorCode(code: unknown): code is FileErrorCode {
  return (fileErrorCodes as readonly unknown[]).includes(code);
}

/** What a sender says of the file that it wants to send. */
export interface FileOffer {
  /** Names the file across lines, ends and lives of both: 16 to 64 of `A-Z a-z 0-9 _ -`, and nobody else's to guess. */
  readonly id: string;
  /** As the sender calls it: not yet checked. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly checksum: ChecksumName;
}

/**
 * What is said of a file, each as JSON in one text message. `transfer` is a number of the sender's: one for each time that it offers
 * a file on a line.
 */
export type FilePacket = { readonly transfer: number } & (
  | ({ readonly file: 'NEW_FILE' } & FileOffer)
  | { readonly file: 'ACK_NEW_FILE'; readonly offset: number; readonly window: number }
  | { readonly file: 'ACK_FILE_DATA'; readonly offset: number }
  | { readonly file: 'FILE_END'; readonly checksum: string }
  | { readonly file: 'ACK_FILE_END'; readonly name: string }
  | { readonly file: 'FILE_CANCEL' }
  | { readonly file: 'FILE_ERROR'; readonly code: FileErrorCode }
);

/** The packets that one end sends: a sender of files, or a receiver. */
export type SenderPacket = Extract<FilePacket, { file: 'NEW_FILE' | 'FILE_END' | 'FILE_CANCEL' }>;
export type ReceiverPacket = Exclude<FilePacket, SenderPacket>;

type Fields = Readonly<Record<string, unknown>>;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isWindow = (value: unknown): boolean => isCount(value) && value >= minWindowBytes;
const isText = (value: unknown): value is string => typeof value === 'string';

/** What each packet has besides its number, and what that may be. */
const rules: Readonly<Record<FilePacket['file'], (fields: Fields) => boolean>> = {
  NEW_FILE: ({ id, name, size, checksum }) =>
    isText(id) && /^[\w-]{16,64}$/.test(id) && isText(name) && isCount(size) && isChecksumName(checksum),
  ACK_NEW_FILE: (fields) => isCount(fields['offset']) && isWindow(fields['window']),
  ACK_FILE_DATA: ({ offset }) => isCount(offset),
  FILE_END: ({ checksum }) => isText(checksum) && /^[0-9a-f]{32,64}$/.test(checksum),
  ACK_FILE_END: ({ name }) => isText(name),
  FILE_CANCEL: () => true,
  FILE_ERROR: ({ code }) => isText(code),
};

/** The smallest window that a receiver may have, in bytes. */
export const minWindowBytes = 1024;

/** How a packet begins, so that most other text is told apart without parsing it. */
const start = '{"file":"';

/**
 * The packet in a message; `malformed`, with its number where it has one, for a packet that breaks a rule; undefined for all that
 * is none.
 */
export function readPacket(message: unknown): FilePacket | { file: 'malformed'; transfer?: number } | undefined {
  if (typeof message !== 'string' || !message.startsWith(start)) return undefined;
  let fields: Fields;
  try {
    fields = JSON.parse(message) as Fields;
  } catch {
    return undefined;
  }
  const { file, transfer, code } = fields;
  if (!isText(file) || !Object.hasOwn(rules, file)) return undefined;
  if (!isTransfer(transfer)) return { file: 'malformed' };
  if (!rules[file as FilePacket['file']](fields)) return { file: 'malformed', transfer };
  // A word of a later version is a fault that has no name here.
  if (file === 'FILE_ERROR') return { file, transfer, code: isFileErrorCode(code) ? code : 'file-failed' };
  return fields as unknown as FilePacket;
}

function isTransfer(value: unknown): value is number {
  return isCount(value) && value > 0 && value < 2 ** 32;
}

/** A packet as the text of its message. */
export function formatPacket({ file, transfer, ...fields }: FilePacket): string {
  return JSON.stringify({ file, transfer, ...fields });
}
