import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  type DeflateRaw,
  deflateRawSync,
  type InflateRaw,
  inflateRawSync,
} from 'node:zlib';
import * as pako from 'pako';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import { resolveCompression } from '../../../packages/node/src/deflate/options.ts';

/** One message to what travels of it, or back; at once, or when a promise is kept. */
export type Turn = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A way to compress messages one by one, for the two ends of a new connection. */
export interface Way {
  readonly name: string;
  readonly open: () => { readonly compress: Turn; readonly decompress: Turn };
}

const flush = constants.Z_SYNC_FLUSH;
const tail = Buffer.from([0, 0, 0xff, 0xff]);
const windowBytes = 2 ** 15;
const withTail = (message: Uint8Array) => Buffer.concat([message, tail]);

/** What holdfast does is the first; what is compared shares one window from message to message, but for the last. */
export const ways: readonly Way[] = [
  { name: 'zlib kept open, called in the turn (holdfast)', open: openCodec },
  { name: 'zlib kept open, its stream awaited (as ws does)', open: openStreams },
  { name: 'deflateRawSync, with a dictionary', open: openDictionaries },
  { name: 'pako kept open', open: openPako },
  {
    name: 'deflateRawSync, no window kept',
    open: () => ({
      compress: (message) => deflateRawSync(message, { finishFlush: flush }).subarray(0, -4),
      decompress: (message) => inflateRawSync(withTail(message), { finishFlush: flush }),
    }),
  },
];

function openCodec() {
  const side = { windowBits: 15, keepsContext: true };
  const [options] = resolveCompression({ thresholdBytes: 0 }, true);
  const codec = new DeflateCodec('client', { text: '', client: side, server: side, options: options! });
  return {
    compress: (message: Uint8Array) => codec.encode(message)!,
    decompress: (message: Uint8Array) => codec.decode(message, true, 2 ** 24)!,
  };
}

function openStreams() {
  const run = (stream: DeflateRaw | InflateRaw) => {
    let pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    return (message: Uint8Array) =>
      new Promise<Buffer>((resolve) => {
        stream.write(message);
        stream.flush(flush, () => {
          resolve(Buffer.concat(pieces));
          pieces = [];
        });
      });
  };
  const [deflate, inflate] = [run(createDeflateRaw()), run(createInflateRaw())];
  return {
    compress: async (message: Uint8Array) => (await deflate(message)).subarray(0, -4),
    decompress: (message: Uint8Array) => inflate(withTail(message)),
  };
}

function openDictionaries() {
  const dictionary = () => {
    let window = Buffer.alloc(0);
    return {
      options: () => ({ finishFlush: flush, ...(window.length > 0 && { dictionary: window }) }),
      add: (bytes: Uint8Array) => (window = Buffer.concat([window, bytes]).subarray(-windowBytes)),
    };
  };
  const [ours, theirs] = [dictionary(), dictionary()];
  return {
    compress(message: Uint8Array) {
      const compressed = deflateRawSync(message, ours.options()).subarray(0, -4);
      ours.add(message);
      return compressed;
    },
    decompress(message: Uint8Array) {
      const bytes = inflateRawSync(withTail(message), theirs.options());
      theirs.add(bytes);
      return bytes;
    },
  };
}

function openPako() {
  const collect = (stream: pako.Deflate | pako.Inflate) => {
    let pieces: Uint8Array[] = [];
    stream.onData = (piece: Uint8Array) => void pieces.push(piece);
    return (message: Uint8Array) => {
      pieces = [];
      stream.push(message, pako.Z_SYNC_FLUSH);
      return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    };
  };
  const deflate = collect(new pako.Deflate({ raw: true, windowBits: 15, memLevel: 8 }));
  const inflate = collect(new pako.Inflate({ raw: true }));
  return {
    compress: (message: Uint8Array) => deflate(message).subarray(0, -4),
    decompress: (message: Uint8Array) => inflate(withTail(message)),
  };
}
