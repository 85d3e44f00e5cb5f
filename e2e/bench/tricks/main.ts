// What each way of ours buys beside the plain one: `npm run bench:tricks`. Both in turn, medians of 9 rounds.
import { median } from '../median.ts';
import { type Trick, tricks } from './tricks.ts';

const rounds = 9;
const roundMs = 30;

console.log(`Node ${process.versions.node}, medians of ${rounds} rounds, ns each\n`);
console.log(`${''.padEnd(52)}${'ours'.padStart(8)}${'plain'.padStart(9)}   ours by plain`);
for (const trick of tricks) await show(trick);

async function show({ name, file, ours, plain, times }: Trick): Promise<void> {
  const took: { ours: number[]; plain: number[] } = { ours: [], plain: [] };
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await nsOf(ours, times), await nsOf(plain, times)];
    // The first warms up.
    if (round === 0) continue;
    took.ours.push(a);
    took.plain.push(b);
  }
  const [a, b] = [median(took.ours), median(took.plain)];
  const shown = `${name.padEnd(52)}${a.toFixed(0).padStart(8)}${b.toFixed(0).padStart(9)}${(a / b).toFixed(2).padStart(10)}`;
  console.log(`${shown}      ${file}`);
}

async function nsOf(run: () => void | Promise<void>, times: number): Promise<number> {
  const begin = performance.now();
  let count = 0;
  for (; performance.now() - begin < roundMs; count++) {
    const done = run();
    if (done) await done;
  }
  return ((performance.now() - begin) * 1e6) / (count * times);
}
