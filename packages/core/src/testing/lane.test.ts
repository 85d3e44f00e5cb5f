import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { Lane } from './lane.ts';

/** A lane, and a diary of what came over it when. */
function laneWithDiary() {
  const clock = new FakeClock();
  const diary: string[] = [];
  const note = (what: string) => diary.push(`${what} at ${clock.now()}`);
  const lane = new Lane(clock, () => {
    note('broken');
    lane.clear();
  });
  const carry = (name: string, bytes = 0) =>
    lane.carry({ bytes, onPart: () => note(`part of ${name}`), onArrive: () => note(name) });
  return { clock, diary, lane, carry };
}

describe('a lane', () => {
  it('carries in order, from the next turn on, and takes no time', async () => {
    const { clock, diary, carry, lane } = laneWithDiary();
    for (const name of ['a', 'b', 'c']) carry(name, 1e9);
    expect([diary, lane.waitingBytes]).toEqual([[], 3e9]);
    await clock.settle();
    expect([diary, lane.waitingBytes, clock.pendingTimers]).toEqual([['a at 0', 'b at 0', 'c at 0'], 0, 0]);
  });

  it('that stalls holds what waits and what is on its way, and then goes on in order', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ delayMs: 10 });
    carry('a');
    await clock.settle();
    lane.stall(true);
    carry('b');
    await clock.advance(1000);
    expect([diary, clock.pendingTimers]).toEqual([[], 0]);
    lane.stall(false);
    await clock.advance(1000);
    expect(diary).toEqual(['a at 1000', 'b at 1010']);
  });
});

describe('a slow lane', () => {
  it('delays everything alike', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ delayMs: 30 });
    carry('a', 5);
    await clock.advance(10);
    expect(lane.waitingBytes, 'it has left').toBe(0);
    carry('b', 5);
    await clock.advance(100);
    expect(diary).toEqual(['a at 30', 'b at 40']);
  });

  it('lets so many bytes a second leave, and their parts arrive as they come', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ bytesPerSecond: 100, delayMs: 5 });
    carry('a', 25);
    carry('b');
    carry('c', 10);
    await clock.settle();
    const left: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      left.push(lane.waitingBytes);
      await clock.advance(100);
    }
    expect(left).toEqual([35, 25, 15, 10]);
    expect(diary).toEqual(['part of a at 105', 'part of a at 205', 'a at 255', 'b at 255', 'c at 355']);
    expect([lane.waitingBytes, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('may be slower than a byte in the time of a piece', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ bytesPerSecond: 1 });
    carry('a', 2);
    await clock.advance(5000);
    expect(diary).toEqual(['part of a at 1000', 'a at 2000']);
  });

  it('keeps the order when it gets faster', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ delayMs: 100 });
    carry('a');
    await clock.settle();
    lane.slow({});
    carry('b');
    carry('c');
    await clock.settle();
    expect(diary).toEqual([]);
    await clock.advance(100);
    expect(diary).toEqual(['a at 100', 'b at 100', 'c at 100']);
  });

  it('hurries when nobody is left who could wait for it', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ delayMs: 100, bytesPerSecond: 10 });
    carry('a', 1);
    await clock.advance(100);
    carry('b', 5);
    await clock.settle();
    expect(clock.pendingTimers).toBe(2);
    lane.hurry();
    expect(clock.pendingTimers).toBe(0);
    await clock.settle();
    expect(diary).toEqual(['a at 100', 'b at 100']);
  });

  it('that is cleared loses everything, and leaves no timer', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.slow({ delayMs: 100, bytesPerSecond: 10 });
    carry('a', 1);
    await clock.advance(100);
    carry('b', 5);
    await clock.settle();
    lane.clear();
    expect([lane.waitingBytes, clock.pendingTimers]).toEqual([0, 0]);
    await clock.advance(10_000);
    expect(diary).toEqual([]);
  });
});

describe('a lane that breaks after so many bytes', () => {
  it('carries those, and loses what goes over them', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.cutAfter(10);
    carry('a', 9);
    carry('b', 2);
    carry('c', 1);
    await clock.settle();
    expect(diary).toEqual(['a at 0', 'broken at 0']);
  });

  it('breaks behind a message that ends just there', async () => {
    const { clock, diary, lane, carry } = laneWithDiary();
    lane.cutAfter(10);
    carry('a', 10);
    carry('b');
    await clock.settle();
    expect(diary).toEqual(['a at 0', 'broken at 0']);
  });

  it('breaks at once after none', () => {
    const { diary, lane } = laneWithDiary();
    lane.cutAfter(0);
    expect(diary).toEqual(['broken at 0']);
  });
});
