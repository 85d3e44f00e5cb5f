import { describe, expect, test } from 'vitest';
import { Window } from './window.ts';

describe('a window', () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);

  test.each([[1], [7], [100], [255], [256], [257], [511], [512], [513], [3000]])(
    'has the last 256 bytes of what came in pieces of %i',
    (size) => {
      const window = new Window(8);
      for (let at = 0; at < bytes.length; at += size) {
        window.add(bytes.subarray(at, at + size));
        const end = Math.min(bytes.length, at + size);
        expect(window.toBytes()).toEqual(bytes.slice(Math.max(0, end - 256), end));
      }
    },
  );

  test('has nothing at first, and nothing of an empty piece', () => {
    const window = new Window(15);
    window.add(new Uint8Array(0));
    expect(window.toBytes()).toEqual(new Uint8Array(0));
  });
});
