// Files to and from a page, over a client.
export * from '@holdfast/web/files';
