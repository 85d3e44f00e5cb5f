import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';

/** A clock, and a diary of what ran when. */
function clockWithDiary() {
  const clock = new FakeClock();
  const diary: string[] = [];
  const note = (name: string) => () => void diary.push(`${name} at ${clock.now()}`);
  return { clock, diary, note };
}

describe('time', () => {
  it('stands still until it is moved', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(0, note('a'));
    await clock.settle();
    expect([clock.now(), diary]).toEqual([0, []]);
    await clock.advance(7);
    expect(clock.now()).toBe(7);
  });

  it('runs each timer once, at its own time, in order', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(30, note('c'));
    clock.after(10, note('a'));
    clock.after(20, note('b'));
    clock.after(41, note('later'));
    await clock.advance(40);
    await clock.advance(0);
    expect(diary).toEqual(['a at 10', 'b at 20', 'c at 30']);
    expect(clock.pendingTimers).toBe(1);
  });

  it('runs timers of the same time in the order in which they were set', async () => {
    const { clock, diary, note } = clockWithDiary();
    for (const name of ['a', 'b', 'c']) clock.after(5, note(name));
    await clock.advance(5);
    expect(diary).toEqual(['a at 5', 'b at 5', 'c at 5']);
  });

  it('runs timers that a timer sets, at their time', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(10, () => clock.after(10, note('second')));
    clock.after(15, note('first'));
    await clock.advance(30);
    expect(diary).toEqual(['first at 15', 'second at 20']);
  });

  it('lets promises do their part between two timers', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(10, () => void Promise.resolve().then(note('promise')));
    clock.after(10, note('timer'));
    await clock.advance(10);
    expect(diary).toEqual(['promise at 10', 'timer at 10']);
  });
});

describe('a cancelled timer', () => {
  it('does not run, and is not pending', async () => {
    const { clock, diary, note } = clockWithDiary();
    const cancel = clock.after(10, note('a'));
    expect(clock.pendingTimers).toBe(1);
    cancel();
    cancel();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(10);
    expect(diary).toEqual([]);
  });

  it('may be cancelled by another of the same time', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(10, () => cancel());
    const cancel = clock.after(10, note('a'));
    await clock.advance(10);
    expect(diary).toEqual([]);
  });
});

describe('a jump', () => {
  it('runs what came due late, at the new time', async () => {
    const { clock, diary, note } = clockWithDiary();
    clock.after(20, note('b'));
    clock.after(10, note('a'));
    clock.after(1001, note('later'));
    await clock.jump(1000);
    expect(diary).toEqual(['a at 1000', 'b at 1000']);
  });
});

it('settles promises that wait for each other', async () => {
  const { clock, diary, note } = clockWithDiary();
  const wait = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    note('settled')();
  };
  void wait();
  await clock.settle();
  expect(diary).toEqual(['settled at 0']);
});
