import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { leaveNote, type PageNote, readNotes, removeNote } from './page-notes.ts';

/** As a page's: its keys are its own properties. */
class FakeStorage {
  getItem(key: string): string | null {
    return (this as unknown as Record<string, string>)[key] ?? null;
  }

  setItem(key: string, value: string): void {
    Object.assign(this, { [key]: value });
  }

  removeItem(key: string): void {
    delete (this as unknown as Record<string, string>)[key];
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new FakeStorage());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const note = (owner: string, leftAt: number, changes: PageNote['changes'] = {}): PageNote => ({
  owner,
  hadSession: true,
  leftAt,
  changes,
});

describe('a note', () => {
  test.each<[string, PageNote['changes']]>([
    ['positions', { session: 'a', first: 3, received: 7 }],
    ['what is kept no longer', { remove: [1, 2, 9] }],
    [
      'text of any kind',
      {
        add: [
          [1, ''],
          [2, '\uFEFFé😀"'],
        ],
      },
    ],
    [
      'bytes of any kind',
      {
        add: [
          [1, new Uint8Array(0)],
          [2, Uint8Array.from({ length: 256 }, (_, byte) => byte)],
        ],
      },
    ],
  ])('keeps %s', (_, changes) => {
    expect(leaveNote('chat', note('page', 1, changes))).toBe(true);
    expect(readNotes('chat')).toEqual([note('page', 1, changes)]);
  });

  test('is for the pages with its store alone, and read with others from the oldest on', () => {
    leaveNote('chat', note('second', 2));
    leaveNote('chat', note('first', 1));
    leaveNote('chatter', note('other', 0));
    localStorage.setItem('holdfast.delivery:chat:broken', '{');
    expect(readNotes('chat').map(({ owner }) => owner)).toEqual(['first', 'second']);
  });

  test('can be taken back once', () => {
    leaveNote('chat', note('page', 1));
    expect([removeNote('chat', 'page'), removeNote('chat', 'page')]).toEqual([true, false]);
    expect(readNotes('chat')).toEqual([]);
  });

  test.each<[string, () => unknown]>([
    ['there is no storage', () => undefined],
    [
      'the page is denied its storage',
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
    ],
    [
      'the storage is full',
      () => ({
        setItem() {
          throw new DOMException('full', 'QuotaExceededError');
        },
      }),
    ],
  ])('is none where %s', (_, get) => {
    Object.defineProperty(globalThis, 'localStorage', { get, configurable: true });
    expect(leaveNote('chat', note('page', 1))).toBe(false);
    expect(readNotes('chat')).toEqual([]);
  });
});
