// Files to and from the disk, over a client or a connection.
export * from '@holdfast/node/files';
