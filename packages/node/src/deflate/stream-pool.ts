import { ZlibStream } from './zlib-stream.ts';

/** How many streams of one kind are kept for whoever needs one next. */
const maxIdle = 4;

/** Streams of one kind for messages that begin with an empty window: a connection holds one only while it is at work. */
export class StreamPool {
  readonly #create: () => ZlibStream;
  readonly #idle: ZlibStream[] = [];

  constructor(create: () => ZlibStream) {
    this.#create = create;
  }

  take(): ZlibStream {
    return this.#idle.pop() ?? this.#create();
  }

  /** Takes back a stream that has worked without a fault. */
  giveBack(stream: ZlibStream): void {
    if (this.#idle.length >= maxIdle) return stream.close();
    stream.reset();
    this.#idle.push(stream);
  }
}

/** Pools by what their streams are made of. */
const pools = new Map<string, StreamPool>();

/** The pool of this thread for compressors like this. */
export function deflatePool(windowBits: number, level: number, memLevel: number): StreamPool {
  return poolOf(`deflate ${windowBits} ${level} ${memLevel}`, () =>
    ZlibStream.deflate({ windowBits, level, memLevel }),
  );
}

/** The pool of this thread for decompressors like this. */
export function inflatePool(windowBits: number): StreamPool {
  return poolOf(`inflate ${windowBits}`, () => ZlibStream.inflate({ windowBits }));
}

function poolOf(key: string, create: () => ZlibStream): StreamPool {
  const pool = pools.get(key) ?? new StreamPool(create);
  pools.set(key, pool);
  return pool;
}
