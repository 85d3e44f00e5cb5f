import { type ChecksumName, createHash, hashSource, type SourceHash } from '@holdfast/core/files';

/**
 * What the worker runs. It is told a checksum, and then what to do, one thing after the other; it answers each in order. What it
 * reads of a file is added to the checksum where that has come so far.
 */
const script = (): string => `
const createHash = ${hashSource()};
let hash, hashed = 0, last = Promise.resolve();
const add = (bytes, offset) => {
  if (offset > hashed || offset + bytes.length <= hashed) return;
  hash.update(bytes.subarray(hashed - offset));
  hashed = offset + bytes.length;
};
const answers = {
  begin: ({ checksum }) => { hash = createHash(checksum); },
  async read({ blob, offset, length }) {
    const bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    add(bytes, offset);
    return bytes;
  },
  update: ({ bytes }) => add(bytes, hashed),
  digest: () => hash.digest(),
};
onmessage = ({ data }) => {
  last = last.then(async () => {
    try {
      const value = await answers[data.ask](data);
      postMessage({ value }, value instanceof Uint8Array ? [value.buffer] : []);
    } catch (error) {
      postMessage({ error: String(error) });
    }
  });
};`;

/** A thread that reads files and makes their checksum, so that the page does not wait for it. */
export interface HashWorker extends SourceHash {
  /** The bytes of a Blob; they are added to the checksum. */
  readonly read: (blob: Blob, offset: number, length: number) => Promise<Uint8Array>;
  readonly update: (bytes: Uint8Array) => Promise<void>;
  readonly digest: () => Promise<string>;
  readonly end: () => void;
}

/** Such a thread, or, where a page may have none, as by its Content-Security-Policy, one that is none. */
export async function startHashWorker(checksum: ChecksumName): Promise<HashWorker> {
  try {
    return await startWorker(checksum);
  } catch {
    return inPage(checksum);
  }
}

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

async function startWorker(checksum: ChecksumName): Promise<HashWorker> {
  const url = URL.createObjectURL(new Blob([script()], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const waiting: ((answer: Answer) => void)[] = [];
  worker.onmessage = ({ data }: MessageEvent<Answer>) => waiting.shift()?.(data);
  worker.onerror = ({ message }: Partial<ErrorEvent>) => {
    // Where the page may have none there is no message.
    for (const hear of waiting.splice(0)) hear({ error: message ?? 'no worker' });
  };
  const ask = <T>(question: object) =>
    new Promise<T>((resolve, reject) => {
      waiting.push(({ value, error }) => (error === undefined ? resolve(value as T) : reject(new Error(error))));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(question);
    });
  try {
    await ask({ ask: 'begin', checksum });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return {
    read: (blob, offset, length) => ask({ ask: 'read', blob, offset, length }),
    update: (bytes) => ask({ ask: 'update', bytes }),
    digest: () => ask({ ask: 'digest' }),
    end: () => worker.terminate(),
  };
}

function inPage(checksum: ChecksumName): HashWorker {
  const hash = createHash(checksum);
  let hashed = 0;
  const add = (bytes: Uint8Array, offset: number) => {
    if (offset > hashed || offset + bytes.length <= hashed) return;
    hash.update(bytes.subarray(hashed - offset));
    hashed = offset + bytes.length;
  };
  return {
    async read(blob, offset, length) {
      const bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      add(bytes, offset);
      return bytes;
    },
    update: async (bytes) => add(bytes, hashed),
    digest: async () => hash.digest(),
    end: () => {},
  };
}
