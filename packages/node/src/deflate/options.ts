import { failOn, fillOptions, HoldfastError } from '@holdfast/core/adapter';
import { isZlibSynchronous } from './zlib-stream.ts';

/** How messages are compressed (permessage-deflate, RFC 7692). */
export interface CompressionOptions {
  /** From 1, the fastest, to 9, the smallest; 0 does not compress. Default 6. */
  readonly level?: number;
  /**
   * How much the compressor may work in besides its window, from 1 to 9: 2 to the power of this plus 9, in bytes; of which
   * small messages use little. Default 8, 128 KiB.
   */
  readonly memLevel?: number;
  /**
   * Shorter messages travel as they are, in bytes. Default: 32 while this end keeps its window from message to message, else
   * 1,024.
   */
  readonly thresholdBytes?: number;
  /**
   * Whether the server's window is kept from message to message, which makes similar ones much shorter and costs memory for
   * as long as the connection is open. Default true.
   */
  readonly serverContextTakeover?: boolean;
  /** The same for the client's window. Default true. */
  readonly clientContextTakeover?: boolean;
  /** The largest window of the server's messages, from 8 to 15: 2 to the power of this, in bytes. Default 15, 32 KiB. */
  readonly serverMaxWindowBits?: number;
  /** The same for the client's messages. Default 15. */
  readonly clientMaxWindowBits?: number;
}

/** The options with every default in its place. */
export type ResolvedCompression = Required<Omit<CompressionOptions, 'thresholdBytes'>> &
  Pick<CompressionOptions, 'thresholdBytes'>;

const defaults: ResolvedCompression = {
  level: 6,
  memLevel: 8,
  serverContextTakeover: true,
  clientContextTakeover: true,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};

const ranges = {
  level: [0, 9],
  memLevel: [1, 9],
  thresholdBytes: [0, Number.MAX_SAFE_INTEGER],
  serverMaxWindowBits: [8, 15],
  clientMaxWindowBits: [8, 15],
} as const;

const none: readonly ResolvedCompression[] = [];
let presetList: readonly ResolvedCompression[] | undefined;

/**
 * What an app says of compression, as a list with every default in its place; an empty one is none. Throws
 * `invalid-option` or `unknown-option`, and `compression-unavailable` where it is asked for and zlib cannot do it here.
 */
export function resolveCompression(given: unknown, preset: boolean): readonly ResolvedCompression[] {
  // Most clients say nothing, and have the same list.
  if (given === undefined) return preset && isZlibSynchronous() ? (presetList ??= [resolveOne({})]) : none;
  if (given === false) return none;
  const list = [given].flat().map((one) => resolveOne(one === true ? {} : one));
  if (list.length === 0) failOn('invalid-option', 'compression []', 'at least one, or false');
  if (!isZlibSynchronous()) {
    throw new HoldfastError(
      'compression-unavailable',
      'zlib of this runtime cannot be used as permessage-deflate needs it: leave `compression` out, or set it to false',
    );
  }
  return list;
}

function resolveOne(given: unknown): ResolvedCompression {
  if (typeof given !== 'object') {
    failOn('invalid-option', `compression ${String(given)}`, 'true, false, an object, or a list of objects');
  }
  const options = fillOptions(given, { ...defaults, thresholdBytes: undefined }, 'compression') as ResolvedCompression;
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = options[name as keyof typeof ranges];
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
      failOn('invalid-option', `compression.${name} ${String(value)}`, `${least} to ${most}`);
    }
  }
  return options;
}
