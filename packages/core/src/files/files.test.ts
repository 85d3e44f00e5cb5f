import { describe, expect, it } from 'vitest';
import { readData, writeDataHeader } from './file-data.ts';
import { codeOf, FilesPair, memorySource, type MemoryStore, someBytes } from './files-pair.test-helper.ts';
import { isFileMessage } from './is-file-message.ts';
import type { ChecksumName } from './hash/create-hash.ts';

const words = (messages: readonly unknown[]) =>
  messages.map((message) => {
    const data = readData(message);
    return data ? `FILE_DATA ${data.offset}+${data.bytes.length}` : (JSON.parse(message as string).file as string);
  });

/** Lets the ends talk until nothing is left to say. */
async function settle(pair: FilesPair): Promise<void> {
  for (let round = 0; round < 20; round++) await pair.clock.settle();
}

/** A receiver's store that takes nothing more until it is let. */
function holdStore(store: MemoryStore): () => void {
  let open = () => {};
  store.gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}

describe('a file', () => {
  it.each([
    [0, 'sha-256'],
    [1, 'sha-256'],
    [4096, 'md5'],
    [100_000, 'sha-256'],
  ] as [number, ChecksumName][])('of %i bytes arrives whole, with its %s', async (length, checksum) => {
    const pair = new FilesPair();
    const bytes = someBytes(length);
    const sent = await pair.send(memorySource(bytes), { checksum });
    expect(sent).toMatchObject({ name: 'a.bin', size: length, resumed: 0 });
    expect(pair.store.files.get('a.bin')).toEqual(bytes);
    expect(pair.store.parts.size).toBe(0);
    expect(pair.received).toMatchObject([
      { name: 'a.bin', offeredName: 'a.bin', size: length, checksum, digest: sent.checksum },
    ]);
  });

  it('is offered, sent, ended and acknowledged in this order', async () => {
    const pair = new FilesPair();
    await pair.send(memorySource(someBytes(3000)));
    expect(words(pair.sender.sent)).toEqual(['NEW_FILE', 'FILE_DATA 0+2048', 'FILE_DATA 2048+952', 'FILE_END']);
    expect(words(pair.receiver.sent)[0]).toBe('ACK_NEW_FILE');
    expect(words(pair.receiver.sent).at(-1)).toBe('ACK_FILE_END');
    expect([...pair.sender.sent, ...pair.receiver.sent].every(isFileMessage)).toBe(true);
  });

  it('waits where a whole window is not stored', async () => {
    const pair = new FilesPair();
    const open = holdStore(pair.store);
    const sending = pair.send(memorySource(someBytes(20_000)));
    await settle(pair);
    expect(words(pair.sender.sent)).toEqual(['NEW_FILE', 'FILE_DATA 0+2048', 'FILE_DATA 2048+2048']);
    open();
    await sending;
    expect(pair.store.files.get('a.bin')?.length).toBe(20_000);
  });

  it('shares the line with others', async () => {
    const pair = new FilesPair();
    const files = [someBytes(9000), someBytes(10_000), someBytes(11_000)];
    await Promise.all(files.map((bytes, index) => pair.send(memorySource(bytes, `${index}`))));
    files.forEach((bytes, index) => expect(pair.store.files.get(`${index}`)).toEqual(bytes));
    const numbers = pair.sender.sent.flatMap((message) => readData(message)?.transfer ?? []);
    // Not one after the other.
    expect(new Set(numbers.slice(0, 4)).size).toBeGreaterThan(1);
  });

  it('waits while a promise of the progress listener is pending', async () => {
    const pair = new FilesPair();
    let go = () => {};
    const told: number[] = [];
    const sending = pair.send(memorySource(someBytes(10_000)), {
      onProgress: ({ sentBytes }) => {
        told.push(sentBytes);
        return sentBytes === 0 ? new Promise<void>((resolve) => (go = resolve)) : undefined;
      },
    });
    await settle(pair);
    expect(words(pair.sender.sent)).toEqual(['NEW_FILE']);
    go();
    await sending;
    expect(told.at(-1)).toBe(10_000);
  });

  it.each([false, 7, 'text', {}, null])('is not held up by a listener that answers %j', async (answer) => {
    const pair = new FilesPair();
    await pair.send(memorySource(someBytes(10_000)), { onProgress: () => answer });
    expect(pair.store.files.get('a.bin')).toEqual(someBytes(10_000));
  });
});

describe('a line that breaks', () => {
  it('costs only what was on its way', async () => {
    const pair = new FilesPair();
    const source = memorySource(someBytes(50_000));
    let cuts = 0;
    const sending = pair.send(source, {
      onProgress({ sentBytes }) {
        if (sentBytes < 12_000 * (cuts + 1) || cuts === 3) return;
        cuts++;
        pair.cut();
        void settle(pair).then(() => pair.connect());
      },
    });
    expect(await sending).toMatchObject({ size: 50_000, resumed: 3 });
    expect(pair.store.files.get('a.bin')).toEqual(someBytes(50_000));
    expect(source.readBytes).toBeLessThan(50_000 + 4 * 4096);
  });

  it.each(['ACK_NEW_FILE', 'ACK_FILE_END'])('is survived when %s is lost', async (lost) => {
    const pair = new FilesPair();
    const receiver = pair.receiver;
    const send = receiver.send.bind(receiver);
    receiver.send = (message) => {
      if (!String(message).includes(`"${lost}"`)) return send(message);
      pair.cut();
      void settle(pair).then(() => pair.connect());
      return 'closed';
    };
    expect(await pair.send(memorySource(someBytes(5000)))).toMatchObject({ resumed: 1 });
    expect(pair.store.files.get('a.bin')).toEqual(someBytes(5000));
  });

  it('is resumed by another process that knows the id', async () => {
    const pair = new FilesPair();
    const id = 'known-to-both-of-them';
    pair.store.parts.set(id, someBytes(30_000).slice(0, 20_000));
    const sent = await pair.send(memorySource(someBytes(30_000)), { id });
    expect(sent.id).toBe(id);
    expect(words(pair.sender.sent)[1]).toBe('FILE_DATA 20000+2048');
    expect(pair.store.files.get('a.bin')).toEqual(someBytes(30_000));
  });

  it('brings nothing of the line before into the next', async () => {
    const pair = new FilesPair();
    const open = holdStore(pair.store);
    const sending = pair.send(memorySource(someBytes(9000)));
    await settle(pair);
    const late = pair.sender.sent.filter((message) => readData(message) !== undefined);
    pair.cut();
    open();
    await settle(pair);
    pair.connect();
    // As a client does that had it in its outbox.
    for (const message of late) pair.receiver.tell({ type: 'message', data: message });
    await sending;
    expect(pair.store.files.get('a.bin')).toEqual(someBytes(9000));
  });

  it('for good is connection-lost', async () => {
    const pair = new FilesPair();
    holdStore(pair.store);
    const sending = codeOf(pair.send(memorySource(someBytes(9000))));
    await settle(pair);
    pair.sender.close();
    expect(await sending).toBe('connection-lost');
    expect(await codeOf(pair.send(memorySource(someBytes(1))))).toBe('connection-lost');
  });
});

describe('a refusal', () => {
  it.each([
    ['file-too-large', { maxBytes: 99 }, 'a.bin'],
    ['file-refused', { accept: () => false }, 'a.bin'],
    ['file-failed', { accept: () => Promise.reject(new Error('database')) }, 'a.bin'],
    ['file-name-refused', {}, '../a.bin'],
    ['file-busy', { maxFiles: 0 }, 'a.bin'],
  ])('%s is told by its code', async (code, options, name) => {
    const pair = new FilesPair(options);
    expect(await codeOf(pair.send(memorySource(someBytes(100)), { name }))).toBe(code);
    expect(pair.errors).toEqual([code]);
    expect(pair.store.parts.size + pair.store.files.size).toBe(0);
  });

  it('comes also in the middle, and leaves nothing', async () => {
    const pair = new FilesPair();
    pair.store.roomBytes = 10_000;
    expect(await codeOf(pair.send(memorySource(someBytes(50_000))))).toBe('file-no-space');
    expect(pair.store.parts.size + pair.store.files.size).toBe(0);
  });

  it('of one file does not touch another', async () => {
    const pair = new FilesPair({ accept: ({ name }) => name !== 'no' });
    const [no, yes] = await Promise.all([
      codeOf(pair.send(memorySource(someBytes(9000), 'no'))),
      codeOf(pair.send(memorySource(someBytes(9000), 'yes'))),
    ]);
    expect([no, yes]).toEqual(['file-refused', 'resolved']);
  });

  it('of a wrong checksum leaves nothing', async () => {
    const pair = new FilesPair();
    const source = { ...memorySource(someBytes(5000)), hash: () => ({ update() {}, digest: () => '0'.repeat(64) }) };
    expect(await codeOf(pair.send(source))).toBe('file-checksum');
    expect(pair.store.parts.size + pair.store.files.size).toBe(0);
  });
});

describe('giving up', () => {
  it('by the sender removes what has arrived', async () => {
    const pair = new FilesPair();
    const open = holdStore(pair.store);
    const controller = new AbortController();
    const sending = pair.send(memorySource(someBytes(50_000)), { signal: controller.signal });
    await settle(pair);
    controller.abort(new Error('enough'));
    await expect(sending).rejects.toThrow('enough');
    open();
    await settle(pair);
    expect(pair.store.parts.size).toBe(0);
    expect(pair.errors).toEqual(['file-cancelled']);
  });

  it('by the receiver is told', async () => {
    const pair = new FilesPair();
    const open = holdStore(pair.store);
    const sending = codeOf(pair.send(memorySource(someBytes(50_000))));
    await settle(pair);
    pair.stop();
    open();
    expect(await sending).toBe('file-cancelled');
    expect(pair.store.parts.size).toBe(0);
  });

  it('comes by itself when the receiver says nothing', async () => {
    const pair = new FilesPair();
    holdStore(pair.store);
    const sending = codeOf(pair.send(memorySource(someBytes(50_000)), { timeoutMs: 1000 }));
    await settle(pair);
    await pair.clock.advance(1000);
    expect(await sending).toBe('file-timeout');
    expect(pair.clock.pendingTimers).toBe(0);
  });

  it('comes when the file cannot be read to its end', async () => {
    const pair = new FilesPair();
    expect(await codeOf(pair.send({ ...memorySource(someBytes(100)), size: 200 }))).toBe('file-source');
    await settle(pair);
    expect(pair.store.parts.size).toBe(0);
  });
});

describe('a hostile sender', () => {
  const offer = { id: 'x'.repeat(16), name: 'a', size: 9000, checksum: 'sha-256' };
  const data = (offset: number, length: number) => {
    const message = new Uint8Array(16 + length);
    writeDataHeader(message, 1, offset);
    return message;
  };

  it.each([
    ['bytes that leave a gap', [{ file: 'NEW_FILE', transfer: 1, ...offer }, data(5, 10)]],
    ['more than the window', [{ file: 'NEW_FILE', transfer: 1, ...offer }, data(0, 4097)]],
    ['more than the size', [{ file: 'NEW_FILE', transfer: 1, ...offer, size: 10 }, data(0, 11)]],
    [
      'an end before the end',
      [
        { file: 'NEW_FILE', transfer: 1, ...offer },
        { file: 'FILE_END', transfer: 1, checksum: '0'.repeat(64) },
      ],
    ],
    ['no id', [{ file: 'NEW_FILE', transfer: 1, ...offer, id: 'short' }]],
    ['a negative size', [{ file: 'NEW_FILE', transfer: 1, ...offer, size: -1 }]],
    ['another checksum', [{ file: 'NEW_FILE', transfer: 1, ...offer, checksum: 'crc' }]],
    [
      'a number twice',
      [
        { file: 'NEW_FILE', transfer: 1, ...offer },
        { file: 'NEW_FILE', transfer: 1, ...offer },
      ],
    ],
  ])('is told file-malformed for %s', async (_, messages) => {
    const pair = new FilesPair();
    holdStore(pair.store);
    for (const message of messages) {
      const form = message instanceof Uint8Array ? message : JSON.stringify(message);
      pair.receiver.tell({ type: 'message', data: form });
      await settle(pair);
    }
    expect(pair.receiver.sent.at(-1)).toBe('{"file":"FILE_ERROR","transfer":1,"code":"file-malformed"}');
    expect(pair.store.parts.size).toBe(0);
  });

  it.each(['{"file":"NEW_FILE"', '{"file":"toString","transfer":1}', '{"file":"NEW_FILE"}', 'text', data(0, 9)])(
    'is not answered where nothing can be said: %s',
    async (message) => {
      const pair = new FilesPair();
      pair.receiver.tell({ type: 'message', data: message });
      await settle(pair);
      expect(pair.receiver.sent).toEqual([]);
    },
  );
});
