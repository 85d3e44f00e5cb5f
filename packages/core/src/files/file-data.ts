/** The bytes before the file's own in a FILE_DATA message. */
export const dataHeaderBytes = 16;

/** `FILE`, as the first four bytes. */
const tag = 0x46494c45;

/** What a FILE_DATA message carries. */
export interface FileData {
  readonly transfer: number;
  /** Where in the file the bytes belong. */
  readonly offset: number;
  /** Shared with the message. */
  readonly bytes: Uint8Array;
}

/** Writes the header of a FILE_DATA message into its first 16 bytes. */
export function writeDataHeader(message: Uint8Array, transfer: number, offset: number): void {
  const view = new DataView(message.buffer, message.byteOffset, dataHeaderBytes);
  view.setUint32(0, tag);
  view.setUint32(4, transfer);
  view.setUint32(8, Math.floor(offset / 2 ** 32));
  view.setUint32(12, offset >>> 0);
}

/** What a FILE_DATA message carries; undefined for every other message. */
export function readData(message: unknown): FileData | undefined {
  if (!(message instanceof Uint8Array) || message.length < dataHeaderBytes) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, dataHeaderBytes);
  if (view.getUint32(0) !== tag) return undefined;
  return {
    transfer: view.getUint32(4),
    offset: view.getUint32(8) * 2 ** 32 + view.getUint32(12),
    bytes: message.subarray(dataHeaderBytes),
  };
}
