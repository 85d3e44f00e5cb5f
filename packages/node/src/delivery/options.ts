import { failOn, fillOptions } from '@holdfast/core/adapter';

/** What a note that was written outlives: the end of the process, or a loss of power too. */
export type Durability = 'process' | 'machine';

/** How a session is kept in a file. */
export interface FileStoreOptions {
  /**
   * `'process'`: what was noted is given to the system at the end of the turn, and outlives any end of the process.
   * `'machine'`: it is also forced to the disk, which takes a while each time, and outlives a loss of power from then on.
   * Default `'process'`.
   */
  readonly durable?: Durability;
}

/** Checks the options of an app and fills in the defaults. Throws `unknown-option` or `invalid-option`. */
export function resolveFileStoreOptions(options: FileStoreOptions): Required<FileStoreOptions> {
  const resolved = fillOptions(options, { durable: 'process' }, 'fileStore') as Required<FileStoreOptions>;
  const { durable } = resolved;
  if (durable !== 'process' && durable !== 'machine')
    failOn('invalid-option', `durable ${durable as string}`, 'process, machine');
  return resolved;
}
