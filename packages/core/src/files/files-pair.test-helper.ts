import { HoldfastError } from '../errors.ts';
import { MemoryPeer } from '../rpc/rpc-pair.test-helper.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { createHash } from './hash/create-hash.ts';
import type { FileOffer } from './packet.ts';
import type { FilePart, FileSource, FilesPlatform, FileStore } from './ports.ts';
import { receiveFiles, type ReceivedFile, type ReceiveFilesOptions } from './receive-files.ts';
import { sendFile, type SendFileOptions } from './send-file.ts';
import type { SentFile } from './sent-file.ts';

/** A store in memory, whose faults a test chooses. */
export class MemoryStore implements FileStore {
  readonly files = new Map<string, Uint8Array>();
  readonly parts = new Map<string, Uint8Array>();
  /** How much it holds of one file before it is full. */
  roomBytes = Infinity;
  /** What is waited for before each write. */
  gate: Promise<void> = Promise.resolve();

  async open({ id, name, checksum }: FileOffer): Promise<FilePart> {
    let bytes = this.parts.get(id) ?? new Uint8Array();
    const keep = () => void this.parts.set(id, bytes);
    keep();
    return {
      offset: bytes.length,
      write: async (pieces) => {
        await this.gate;
        for (const piece of pieces) {
          if (bytes.length + piece.length > this.roomBytes) throw new HoldfastError('file-no-space', 'full');
          const longer = new Uint8Array(bytes.length + piece.length);
          longer.set(bytes);
          longer.set(piece, bytes.length);
          bytes = longer;
        }
      },
      finish: async (told) => {
        const hash = createHash(checksum);
        hash.update(bytes);
        if (hash.digest() !== told) throw new HoldfastError('file-checksum', name);
        this.parts.delete(id);
        this.files.set(name, bytes);
        return name;
      },
      pause: async () => keep(),
      discard: async () => void this.parts.delete(id),
    };
  }
}

/** Bytes that differ from place to place. */
export function someBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) & 255);
}

/** These bytes as a source; counts how many were read. */
export function memorySource(bytes: Uint8Array, name = 'a.bin'): FileSource & { readBytes: number } {
  return {
    name,
    size: bytes.length,
    readBytes: 0,
    async read(offset, target) {
      if (offset + target.length > bytes.length) throw new Error('shorter by now');
      target.set(bytes.subarray(offset, offset + target.length));
      this.readBytes += target.length;
    },
  };
}

/** Two ends of a line in memory: files go from `sender` to `receiver`. */
export class FilesPair {
  readonly sender = new MemoryPeer();
  receiver = new MemoryPeer();
  readonly store = new MemoryStore();
  readonly clock = new FakeClock();
  readonly received: ReceivedFile[] = [];
  readonly errors: string[] = [];
  readonly platform: FilesPlatform;
  stop = () => {};
  readonly #options: ReceiveFilesOptions;

  constructor(options: ReceiveFilesOptions = {}) {
    let ids = 0;
    // A line carries bytes, and not the memory that they are in.
    const send = this.sender.send.bind(this.sender);
    this.sender.send = (message) => send(message instanceof Uint8Array ? message.slice() : message);
    this.#options = options;
    this.platform = { after: this.clock.after, createId: () => `transfer-number-${++ids}`, createHash };
    this.connect();
  }

  /** A new line, to a connection that the receiver has not seen. */
  connect(): void {
    this.receiver = new MemoryPeer();
    this.sender.other = this.receiver;
    this.receiver.other = this.sender;
    this.sender.state = { name: 'open' };
    this.stop = receiveFiles(this.receiver, this.store, {
      windowBytes: 4096,
      onFile: (file) => void this.received.push(file),
      onError: ({ code }) => void this.errors.push(code),
      ...this.#options,
    });
    this.sender.tell({ type: 'open', resumed: false });
  }

  /** The line breaks, and the sender waits for another. */
  cut(): void {
    this.sender.state = { name: 'waiting' };
    this.sender.other = undefined;
    this.receiver.other = undefined;
    this.receiver.close();
    this.sender.tell({ type: 'disconnected', willReconnect: true });
  }

  send(source: FileSource, options?: SendFileOptions): Promise<SentFile> {
    return sendFile(this.sender, source, options, this.platform);
  }
}

/** The code of the error that a promise was rejected with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: { code?: string }) => String(error.code ?? error),
  );
}
