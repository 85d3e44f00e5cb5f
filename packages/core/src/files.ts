// File transfer over a client or a connection: an entry of its own, so that who sends no files does not pay.
export type { FileErrorCode } from './file-error-code.ts';
export { arrivedBefore } from './files/arrived-before.ts';
export { blobSource, type BlobLike, isBlob } from './files/blob-source.ts';
export type { StreamingHash } from './files/hash/block-hash.ts';
export { type ChecksumName, createHash, hashSource } from './files/hash/create-hash.ts';
export { fileNameFault, partsFolder } from './files/file-name.ts';
export { isFileMessage } from './files/is-file-message.ts';
export type { FilePeer } from './files/outgoing-line.ts';
export type { FileOffer } from './files/packet.ts';
export type { FilePart, FilesPlatform, FileSource, FileStore, SourceHash } from './files/ports.ts';
export { receiveFiles, type ReceivedFile, type ReceiveFilesOptions } from './files/receive-files.ts';
export { sendFile, type SendFileOptions } from './files/send-file.ts';
export type { FileProgress, SentFile } from './files/sent-file.ts';
