import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { createHeartbeat } from './heartbeat.ts';

function startHeart(times = { intervalMs: 1_000, timeoutMs: 300 }) {
  const clock = new FakeClock();
  const told: string[] = [];
  const tell = (what: string) => told.push(`${clock.now()} ${what}`);
  const [beat, probe, heard, answered] = createHeartbeat(
    clock,
    times,
    () => tell('ask'),
    (rttMs) => tell(`latency ${rttMs}`),
    (limitMs) => tell(`silence ${limitMs}`),
  );
  beat(true);
  return { clock, told, beat, probe, heard, answered };
}

describe('a heartbeat', () => {
  test('asks after each interval, and goes back to it after the answer', async () => {
    const { clock, told, answered } = startHeart();
    await clock.advance(1_050);
    answered();
    await clock.advance(1_000);
    expect(told).toEqual(['1000 ask', '1050 latency 50', '2050 ask']);
  });

  test('tells of silence after the limit, which what is heard begins anew', async () => {
    const { clock, told, heard } = startHeart();
    await clock.advance(1_299);
    heard();
    await clock.advance(299);
    expect(told).toEqual(['1000 ask']);
    await clock.advance(1);
    expect(told).toEqual(['1000 ask', '1599 silence 300']);
  });

  test('after a sleep it wants to hear something soon, also where it has asked before', async () => {
    const { clock, told, probe } = startHeart({ intervalMs: 1_000, timeoutMs: 5_000 });
    await clock.advance(1_100);
    probe(200);
    probe(4_000);
    await clock.advance(200);
    expect(told).toEqual(['1000 ask', '1300 silence 200']);
  });

  test('after a sleep it waits no longer than at other times', async () => {
    const { clock, told, probe } = startHeart();
    probe(1_400);
    await clock.advance(300);
    expect(told).toEqual(['0 ask', '300 silence 300']);
  });

  test('asked to ask again and again, it does not wait longer', async () => {
    const { clock, told, probe } = startHeart();
    for (let i = 0; i < 15; i++) {
      await clock.advance(100);
      probe();
      probe(250);
    }
    expect(told.slice(0, 2)).toEqual(['100 ask', '350 silence 250']);
  });

  test('a process that was frozen hears what came meanwhile before it takes the line for dead', async () => {
    const { clock, told, answered } = startHeart();
    await clock.advance(1_000);
    // What was due long ago runs first, and only then what the socket had.
    await clock.jump(60_000);
    await clock.advance(1);
    answered();
    await clock.advance(500);
    expect(told).toEqual(['1000 ask', '61001 latency 60001']);
  });

  test('at rest it asks nothing, and an answer says nothing', async () => {
    const { clock, told, beat, answered } = startHeart();
    beat(false);
    answered();
    await clock.advance(1e6);
    expect(told).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
