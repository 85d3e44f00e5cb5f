import { describe, expect, test } from 'vitest';
import { HoldfastError } from '../errors.ts';
import { dialWithHeaders, type Headers } from './dial-headers.ts';
import { FakeClock } from './fake-clock.ts';
import { silentHandler } from './link-pair.ts';

const settle = () => new FakeClock().settle();

/** Dials, and notes what came of it. */
function dialWithDiary(headers: Parameters<typeof dialWithHeaders>[0]) {
  const diary: unknown[] = [];
  const handler = { ...silentHandler, onOpen() {}, onEnd: ({ error }: { error?: unknown }) => diary.push(error) };
  const drop = dialWithHeaders(headers, handler, (given: Headers | undefined) => {
    diary.push(given);
    return () => void diary.push('dropped');
  });
  return { diary, drop };
}

describe('a dial with headers', () => {
  test.each([[undefined], [{ a: 'b' }]])('%j begins at once', (headers) => {
    const { diary, drop } = dialWithDiary(headers);
    drop();
    expect(diary).toEqual([headers, 'dropped']);
  });

  test.each([
    ['a function', () => ({ a: 'b' })],
    ['a promise', async () => ({ a: 'b' })],
  ])('of %s begins when they are known', async (_name, headers) => {
    const { diary, drop } = dialWithDiary(headers);
    expect(diary).toEqual([]);
    await settle();
    drop();
    expect(diary).toEqual([{ a: 'b' }, 'dropped']);
  });

  test('that is given up before does not begin', async () => {
    const { diary, drop } = dialWithDiary(() => ({ a: 'b' }));
    drop();
    await settle();
    expect(diary).toEqual([]);
  });

  test('fails, in a later turn, where the app gives none', async () => {
    const { diary } = dialWithDiary(() => {
      throw new Error('no token');
    });
    expect(diary).toEqual([]);
    await settle();
    expect(diary).toMatchObject([{ code: 'dial-failed', cause: { message: 'no token' } }]);
  });

  test('keeps the code of a wrong one', async () => {
    const { diary } = dialWithDiary(() => Promise.reject(new HoldfastError('invalid-header')));
    await settle();
    expect(diary).toMatchObject([{ code: 'invalid-header' }]);
  });
});
