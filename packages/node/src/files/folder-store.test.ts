import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileOffer, type FilePart, partsFolder } from '@holdfast/core/files';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderStore, type FolderStoreOptions } from './folder-store.ts';
import { openPart } from './open-part.ts';
import { storageFailure } from './storage-failure.ts';

const bytes = Buffer.from('the bytes of a file');
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const options: FolderStoreOptions = { existing: 'refuse', isDurable: true, keepPartsMs: 1000 };
const offer: FileOffer = { id: 'a-name-nobody-guesses', name: 'a.txt', size: bytes.length, checksum: 'sha-256' };

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (how: Partial<FolderStoreOptions & FileOffer> = {}): Promise<FilePart> => {
  const { existing = 'refuse', isDurable = true, keepPartsMs = 1000, ...more } = how;
  return folderStore(folder, { existing, isDurable, keepPartsMs }).open({ ...offer, ...more });
};
const store = async (how: Partial<FolderStoreOptions & FileOffer> = {}): Promise<string> => {
  const part = await open(how);
  await part.write([bytes.subarray(0, 5), bytes.subarray(5)]);
  return part.finish(sha256(bytes));
};
const files = async () => (await readdir(folder)).filter((name) => name !== partsFolder).sort();
const parts = async () => (await readdir(join(folder, partsFolder))).filter((name) => name.endsWith('.part'));
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: { code: string }) => error.code,
  );

describe('a folder', () => {
  it.each([true, false])('has a file under its name once it is whole (durable: %s)', async (isDurable) => {
    const part = await open({ isDurable });
    await part.write([bytes]);
    expect(await files()).toEqual([]);
    expect(await part.finish(sha256(bytes))).toBe('a.txt');
    expect(await readFile(join(folder, 'a.txt'))).toEqual(bytes);
    expect(await parts()).toEqual([]);
  });

  it('keeps nothing of a file whose checksum is wrong', async () => {
    const part = await open();
    await part.write([bytes]);
    expect(await codeOf(part.finish(sha256(Buffer.from('other'))))).toBe('file-checksum');
    await part.discard();
    expect([...(await files()), ...(await parts())]).toEqual([]);
  });

  it('goes on where a line broke', async () => {
    const before = await open();
    await before.write([bytes.subarray(0, 7)]);
    await before.pause();
    const after = await open();
    expect(after.offset).toBe(7);
    await after.write([bytes.subarray(7)]);
    expect(await after.finish(sha256(bytes))).toBe('a.txt');
    expect(await readFile(join(folder, 'a.txt'))).toEqual(bytes);
  });

  it('gives a part to the latest line alone', async () => {
    const before = await open();
    await before.write([bytes.subarray(0, 7)]);
    const after = await open();
    expect(after.offset).toBe(7);
    expect(await codeOf(before.write([bytes.subarray(7)]))).toBe('file-taken');
    await before.discard();
    await before.pause();
    await after.write([bytes.subarray(7)]);
    expect(await after.finish(sha256(bytes))).toBe('a.txt');
  });

  it('tells again that a file has arrived, whatever became of it', async () => {
    await store();
    await rm(join(folder, 'a.txt'));
    const again = await open();
    expect(again).toMatchObject({ offset: bytes.length, isDone: true });
    expect(await again.finish(sha256(bytes))).toBe('a.txt');
    expect(await codeOf(again.finish('0'))).toBe('file-checksum');
    expect(await files()).toEqual([]);
  });

  it.each([
    ['refuse', ['a.txt'], 'old'],
    ['rename', ['a (2).txt', 'a.txt'], 'old'],
    ['overwrite', ['a.txt'], String(bytes)],
  ] as const)('does as it was told where the name is taken: %s', async (existing, names, content) => {
    await writeFile(join(folder, 'a.txt'), 'old');
    expect(await codeOf(store({ existing }))).toBe(existing === 'refuse' ? 'file-exists' : 'resolved');
    expect(await files()).toEqual(names);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe(content);
  });

  it('refuses a name that was taken meanwhile, and does not say later that it had arrived', async () => {
    const part = await open();
    await part.write([bytes]);
    await writeFile(join(folder, 'a.txt'), 'the same size, once');
    expect(await codeOf(part.finish(sha256(bytes)))).toBe('file-exists');
    await part.discard();
    expect(await codeOf(open())).toBe('file-exists');
    expect(await parts()).toEqual([]);
  });

  it.each(['refuse', 'rename', 'overwrite'] as const)(
    'writes through no link that has the name (%s)',
    async (existing) => {
      const outside = await mkdtemp(join(tmpdir(), 'holdfast-outside-'));
      await writeFile(join(outside, 'secret'), 'old');
      await symlink(join(outside, 'secret'), join(folder, 'a.txt'));
      await symlink(join(outside, 'missing'), join(folder, 'b.txt'));
      await codeOf(store({ existing }));
      await codeOf(store({ existing, name: 'b.txt' }));
      expect(await readdir(outside)).toEqual(['secret']);
      expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('old');
      await rm(outside, { recursive: true });
    },
  );

  it('has no room for more than the disk', async () => {
    expect(await codeOf(open({ size: 2 ** 52 }))).toBe('file-no-space');
    expect(await parts()).toEqual([]);
  });

  it('forgets what nobody came back for', async () => {
    const part = await open();
    await part.write([bytes.subarray(0, 7)]);
    await part.pause();
    const [name = ''] = await parts();
    // A folder that this process has not seen.
    const old = await mkdtemp(join(tmpdir(), 'holdfast-folder-'));
    await mkdir(join(old, partsFolder));
    await copyFile(join(folder, partsFolder, name), join(old, partsFolder, name));
    await utimes(join(old, partsFolder, name), 0, 0);
    const again = await folderStore(old, options).open(offer);
    expect(again.offset).toBe(0);
    await again.discard();
    await rm(old, { recursive: true });
  });
});

describe('a part', () => {
  it('of another process is read for its checksum', async () => {
    const path = join(folder, 'x.part');
    await writeFile(path, bytes);
    const part = await openPart(path, 'md5', false);
    expect(part.bytes).toBe(bytes.length);
    expect(await part.digest()).toBe(createHash('md5').update(bytes).digest('hex'));
    await part.discard();
  });

  it('is no link', async () => {
    await writeFile(join(folder, 'elsewhere'), 'old');
    await symlink(join(folder, 'elsewhere'), join(folder, 'x.part'));
    expect(await codeOf(openPart(join(folder, 'x.part'), 'md5', false))).toBe('ELOOP');
  });

  it.runIf(existsSync('/dev/full'))('on a full disk says so', async () => {
    const part = await openPart('/dev/full', 'md5', false);
    const error = await part.write([bytes]).catch((cause: unknown) => storageFailure(cause));
    expect(error).toMatchObject({ code: 'file-no-space' });
    await part.pause();
  });
});
