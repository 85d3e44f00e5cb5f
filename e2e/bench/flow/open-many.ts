import type { Contender } from './contenders/kind.ts';

/** So many are under way at once. */
const atOnce = 32;

/** Opens so many of something, a few at a time. */
export async function openMany<T>(count: number, open: () => Promise<T>): Promise<T[]> {
  const opened: T[] = [];
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun++;
      opened.push(await open());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return opened;
}

/** Opens so many connections and closes each once it is open, a few at a time. */
export async function openOneByOne(count: number, contender: Contender<unknown>, url: string): Promise<object> {
  await openMany(count, async () => {
    await contender.hangUp(await contender.dial(url, {}));
  });
  return {};
}
