import type { Line } from './contenders/kind.ts';

/** Runs so many operations; answers what else it found. */
type Run = (count: number) => Promise<object>;

/** So much is sent in one turn, in bytes, and so many messages. */
const turnBytes = 256 * 1024;
const turnMessages = 1000;

/** Sends turn by turn, until the peer says that all has come. */
export function send(line: Line, size: number): Run {
  const each = Math.max(1, Math.min(turnMessages, Math.floor(turnBytes / Math.max(1, size))));
  const heard = listen([line]);
  return async (count) => {
    const arrived = heard(1);
    for (let left = count; left > 0; left -= each) {
      await line.sendTurn(Math.min(left, each));
    }
    await arrived;
    return {};
  };
}

/** Asks, and hears the flood that comes. */
export function receive(line: Line): Run {
  const heard = listen([line]);
  return async (count) => {
    const arrived = heard(count);
    line.ask();
    await arrived;
    return {};
  };
}

/** Keeps so many messages under way on each line: whatever comes back is followed by as many. */
export function echo(lines: readonly Line[], window: number): Run {
  return lines.length === 1 && window === 1 ? roundTrips(lines[0]!) : pipelined(lines, window);
}

function pipelined(lines: readonly Line[], window: number): Run {
  let toSend = 0;
  const sendOn = (line: Line, most: number) => {
    const now = Math.min(most, toSend);
    toSend -= now;
    if (now > 0) line.sendMany(now);
  };
  const heard = listen(lines, sendOn);
  return async (count) => {
    toSend = count;
    const arrived = heard(count);
    for (const line of lines) sendOn(line, window);
    await arrived;
    return {};
  };
}

function roundTrips(line: Line): Run {
  let trips = new Float64Array(0);
  let trip = 0;
  let begin = 0;
  const goOn = () => {
    begin = performance.now();
    line.sendMany(1);
  };
  const heard = listen([line], () => {
    trips[trip++] = performance.now() - begin;
    if (trip < trips.length) goOn();
  });
  return async (count) => {
    trips = new Float64Array(count);
    trip = 0;
    const arrived = heard(count);
    goOn();
    await arrived;
    trips.sort();
    return { p50Us: 1e3 * partOf(trips, 0.5), p99Us: 1e3 * partOf(trips, 0.99) };
  };
}

function partOf(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}

/** Listens once and for all; what it answers resolves when so many more messages have come. */
function listen(
  lines: readonly Line[],
  also: (line: Line, count: number) => void = () => {},
): (count: number) => Promise<void> {
  let left = 0;
  let resolve = () => {};
  for (const line of lines) {
    line.onMessages((count) => {
      left -= count;
      also(line, count);
      if (left <= 0) resolve();
    });
  }
  return (count) => {
    left = count;
    return new Promise((done) => (resolve = done));
  };
}
