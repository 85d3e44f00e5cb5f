import { spawnSync } from 'node:child_process';
import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryStore, SavedSession, StoreChanges } from '@holdfast/core/delivery';
import { SessionImage } from '@holdfast/core/delivery';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileStore } from './file-store.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const mocked = { ...real, writeSync: vi.fn<typeof fs.writeSync>(real.writeSync) };
  return { ...mocked, default: mocked };
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-store-'));
  path = join(folder, 'session');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const none = () => ({});

const empty: SavedSession = { session: '', first: 1, received: 0, messages: [] };

/** Changes of each kind. */
const history: readonly StoreChanges[] = [
  { session: 'a-secret', first: 1, received: 0 },
  {
    add: [
      [1, 'one'],
      [2, Uint8Array.of(0, 255, 10)],
      [3, ''],
    ],
  },
  { received: 7 },
  {
    first: 3,
    remove: [1, 2],
    add: [
      [4, 'é😀\uFEFF'],
      [5, new Uint8Array(0)],
    ],
  },
  { first: 6, received: 9, remove: [3, 4, 5] },
  { add: [[6, 'x'.repeat(40)]] },
];

/** What is saved after each of the changes. */
function statesOf(changes: readonly StoreChanges[]): SavedSession[] {
  const image = new SessionImage();
  return changes.map((change) => {
    image.apply(change);
    return image.toSaved();
  });
}

async function load(where = path): Promise<SavedSession | undefined> {
  const store = fileStore(where);
  const saved = await store.open(none);
  store.close();
  return saved;
}

async function writeHistory(store: DeliveryStore): Promise<void> {
  for (const changes of history) await store.write(changes);
}

async function sizeOfHistory(): Promise<number> {
  const store = fileStore(path);
  await store.open(none);
  await writeHistory(store);
  store.close();
  return statSync(path).size;
}

describe('a file', () => {
  it('knows nothing before anything was written', async () => {
    expect(await load()).toBeUndefined();
  });

  it.each(['process', 'machine'] as const)('gives back what was written, durable: %s', async (durable) => {
    const store = fileStore(path, { durable });
    await store.open(none);
    await writeHistory(store);
    store.close();
    expect(await load()).toEqual(statesOf(history).at(-1));
  });

  it("is its user's alone", async () => {
    const store = fileStore(path);
    await store.open(none);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
    store.close();
    expect(readdirSync(folder)).toEqual(['session']);
  });

  it('is gone when it is cleared', async () => {
    const store = fileStore(path);
    await store.open(none);
    await writeHistory(store);
    await store.clear();
    store.close();
    expect(readdirSync(folder)).toEqual([]);
    await store.open(none);
    await store.write({ session: 'next' });
    store.close();
    expect(await load()).toEqual({ ...empty, session: 'next' });
  });

  it('cut at any byte, gives back what was true at one time, and takes further changes', async () => {
    const store = fileStore(path);
    await store.open(none);
    const ends = [statSync(path).size];
    for (const changes of history) {
      await store.write(changes);
      ends.push(statSync(path).size);
    }
    store.close();
    const bytes = readFileSync(path);
    const states = [undefined, ...statesOf(history)];
    const cut = join(folder, 'cut');
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(cut, bytes.subarray(0, length));
      const wholeRecords = ends.filter((end) => end <= length).length - 1;
      const again = fileStore(cut);
      expect(await again.open(none), `${length} bytes`).toEqual(states[Math.max(0, wholeRecords)]);
      await again.write({ received: 1_000 });
      again.close();
      expect(await load(cut), `${length} bytes`).toMatchObject({ received: 1_000 });
    }
  });

  it('with any byte turned, gives back what was true at one time, or is refused as something else', async () => {
    const store = fileStore(path);
    await store.open(none);
    await writeHistory(store);
    store.close();
    const bytes = readFileSync(path);
    const states = [undefined, ...statesOf(history)].map((state) => JSON.stringify(state));
    for (let at = 0; at < bytes.length; at++) {
      const turned = Buffer.from(bytes);
      turned[at] = turned[at]! ^ 0x10;
      writeFileSync(path, turned);
      const saved = await load().catch((error: Error) => error.message);
      if (typeof saved === 'string') expect(saved).toBe(`store-failed: ${path}: not a delivery store`);
      else expect(states).toContain(JSON.stringify(saved));
    }
  });

  it('on a disk that is full after any number of bytes, rejects, and is as it was; with room again it takes more', async () => {
    const real = (await vi.importActual<typeof fs>('node:fs')).writeSync as (...args: unknown[]) => number;
    const size = await sizeOfHistory();
    const states = [undefined, ...statesOf(history)];
    for (let room = 40; room <= size; room += 1) {
      const where = join(folder, `full-${room}`);
      const store = fileStore(where);
      await store.open(none);
      let left = room - statSync(where).size;
      vi.mocked(fs.writeSync).mockImplementation(((
        file: number,
        data: Uint8Array,
        from: number,
        length: number,
        at: number,
      ) => {
        if (left <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        const written = real(file, data, from, Math.min(left, length), at);
        left -= written;
        return written;
      }) as never);
      let done = 0;
      let fault: unknown;
      for (const changes of history) {
        fault = await store.write(changes).catch((cause: unknown) => cause);
        if (fault) break;
        done += 1;
      }
      vi.mocked(fs.writeSync).mockImplementation(real);
      const copy = join(folder, 'copy');
      writeFileSync(copy, readFileSync(where));
      expect(await load(copy), `room for ${room}`).toEqual(states[done]);
      if (fault) {
        expect(fault).toMatchObject({
          code: 'store-failed',
          message: `store-failed: ${where}: ENOSPC: no space left on device, write`,
        });
        await store.write(history[done]!);
        store.close();
        expect(await load(where), `room for ${room}`).toEqual(states[done + 1]);
      } else {
        store.close();
      }
    }
  });

  it('is written anew when much of it is out of date, and keeps what is written meanwhile', async () => {
    const store = fileStore(path);
    await store.open(none);
    await store.write({ session: 'a', add: [[1, 'kept']] });
    let largest = 0;
    for (let id = 2; id < 400; id++) {
      await store.write({ received: id, add: [[id, 'x'.repeat(20_000)]], ...(id > 2 && { remove: [id - 1] }) });
      largest = Math.max(largest, statSync(path).size);
      // Files are synced beside the turns.
      if (id % 20 === 0) await vi.waitFor(() => expect(existsSync(`${path}.next`)).toBe(false));
    }
    store.close();
    expect(largest).toBeLessThan(3 * 2 ** 20);
    expect(await load()).toMatchObject({
      session: 'a',
      received: 399,
      messages: [
        [1, 'kept'],
        [399, 'x'.repeat(20_000)],
      ],
    });
    expect(readdirSync(folder)).toEqual(['session']);
  });

  it('gets what was not saved when the process ends by itself', async () => {
    const store = fileStore(path);
    await store.open(() => ({ received: 5, add: [[1, 'last']] }));
    process.emit('exit', 0);
    expect(await load()).toEqual({ ...empty, received: 5, messages: [[1, 'last']] });
    expect(process.listeners('exit').some(({ name }) => name === 'onExit')).toBe(false);
  });
});

describe('a file that cannot be had', () => {
  it.each([
    ['in a folder that is not there', () => join(folder, 'none', 'session'), 'ENOENT'],
    ['that is a folder', () => folder, 'EISDIR'],
  ])('%s: open rejects and names path and cause', async (_, where, cause) => {
    const error = await fileStore(where())
      .open(none)
      .catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'store-failed', message: expect.stringContaining(`${where()}: ${cause}`) });
    rmSync(`${folder}.lock`, { force: true });
  });

  it('of something else is left as it is', async () => {
    writeFileSync(path, 'a letter to a friend');
    await expect(fileStore(path).open(none)).rejects.toThrow(`store-failed: ${path}: not a delivery store`);
    expect(readFileSync(path, 'utf8')).toBe('a letter to a friend');
    expect(readdirSync(folder)).toEqual(['session']);
  });

  it('refuses to write before it is open, and after it is closed', async () => {
    const store = fileStore(path);
    await expect(store.write({ received: 1 })).rejects.toThrow(`store-failed: ${path}: not open`);
    await store.open(none);
    store.close();
    await expect(store.write({ received: 1 })).rejects.toThrow(`store-failed: ${path}: not open`);
  });

  it.each([
    ['', {}, 'invalid-option'],
    [7, {}, 'invalid-option'],
    ['a', { durable: 'ever' }, 'invalid-option'],
    ['a', { durabel: 'machine' }, 'unknown-option'],
  ])('is refused at once by %j, %j', (where, options, code) => {
    expect(() => fileStore(where as string, options as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the lock', () => {
  const gone = () => spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim();

  it('keeps out another store of this process, until the first is closed', async () => {
    const [first, second] = [fileStore(path), fileStore(join(folder, '.', 'session'))];
    await first.open(none);
    await expect(second.open(none)).rejects.toThrow(`store-failed: ${path}: another store of this process has it`);
    await second.clear();
    second.close();
    expect(existsSync(path)).toBe(true);
    first.close();
    expect(await second.open(none)).toBeUndefined();
    second.close();
  });

  it('of a living process is respected', async () => {
    writeFileSync(`${path}.lock`, `${process.ppid}`);
    await expect(fileStore(path).open(none)).rejects.toThrow(`store-failed: ${path}: process ${process.ppid} has it`);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['of a process that is gone', gone],
    ['of a process that is gone, whose number another has now', () => `${process.ppid} 1`],
    ['of a process that is gone, whose number we have now', () => `${process.pid} 1`],
  ])('%s is taken over', async (_, holder) => {
    writeFileSync(`${path}.lock`, holder());
    const store = fileStore(path);
    expect(await store.open(none)).toBeUndefined();
    store.close();
    expect(readdirSync(folder)).toEqual(['session']);
  });

  it('without a name is of a process that is just taking it', async () => {
    writeFileSync(`${path}.lock`, '');
    await expect(fileStore(path).open(none)).rejects.toThrow(`store-failed: ${path}: process unknown has it`);
    fs.utimesSync(`${path}.lock`, 0, 0);
    const store = fileStore(path);
    await store.open(none);
    store.close();
  });
});
