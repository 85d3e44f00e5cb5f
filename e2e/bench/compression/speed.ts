import { median } from '../median.ts';
import { jsonMessages } from './messages.ts';
import { type Turn, type Way, ways } from './ways.ts';

/** What one way took for messages of one size, each the median of its rounds, in µs for a message. */
interface Result {
  readonly way: Way;
  readonly compressUs: number;
  readonly decompressUs: number;
  readonly bytes: number;
}

const sizes = [
  { entries: 1, count: 2000 },
  { entries: 8, count: 500 },
  { entries: 100, count: 60 },
  { entries: 800, count: 10 },
];

/** Tells a table for each size of message: all ways in turn, round after round, each on a connection of its own. */
export async function tellSpeed(rounds: number, tell: (line: string) => void): Promise<void> {
  for (const { entries, count } of sizes) {
    const messages = jsonMessages(count, entries);
    const results = await measure(messages, rounds);
    const [first] = results;
    const bytes = Math.round(messages.reduce((sum, { length }) => sum + length, 0) / count);
    tell(`\n| JSON of ${bytes} bytes | compress | decompress | becomes |`);
    tell('| --- | --: | --: | --: |');
    for (const { way, compressUs, decompressUs, bytes: left } of results) {
      const compress = shown(compressUs, first!.compressUs);
      tell(`| ${way.name} | ${compress} | ${shown(decompressUs, first!.decompressUs)} | ${Math.round(left)} bytes |`);
    }
  }
}

function shown(us: number, firstUs: number): string {
  return `${us.toFixed(us < 10 ? 1 : 0)} µs (${(us / firstUs).toFixed(1)})`;
}

async function measure(messages: readonly Uint8Array[], rounds: number): Promise<Result[]> {
  const times = ways.map(() => ({ compress: [] as number[], decompress: [] as number[], bytes: 0 }));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [at, way] of ways.entries()) {
      const { compress, decompress } = way.open();
      const compressed = await run(compress, messages);
      const decompressed = await run(decompress, compressed.answers);
      checkSame(way, messages, decompressed.answers);
      if (round === 0) continue;
      const time = times[at]!;
      time.compress.push(compressed.us);
      time.decompress.push(decompressed.us);
      time.bytes = compressed.answers.reduce((sum, { length }) => sum + length, 0) / messages.length;
    }
  }
  return ways.map((way, at) => {
    const { compress, decompress, bytes } = times[at]!;
    return { way, compressUs: median(compress), decompressUs: median(decompress), bytes };
  });
}

/** All messages, one after the other; the µs for each. */
async function run(turn: Turn, messages: readonly Uint8Array[]): Promise<{ answers: Uint8Array[]; us: number }> {
  const answers: Uint8Array[] = [];
  const begin = process.hrtime.bigint();
  for (const message of messages) {
    const answer = turn(message);
    answers.push(answer instanceof Promise ? await answer : answer);
  }
  return { answers, us: Number(process.hrtime.bigint() - begin) / 1e3 / messages.length };
}

function checkSame({ name }: Way, messages: readonly Uint8Array[], answers: readonly Uint8Array[]): void {
  const isSame = messages.every((message, at) => Buffer.compare(message, answers[at]!) === 0);
  if (!isSame) throw new Error(`${name}: what was decompressed is not what was compressed`);
}
