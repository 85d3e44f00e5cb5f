import { openCrowd } from './curves/idle/crowd.ts';
import type { CrowdOrder } from './curves/idle/crowd-process.ts';
const [count, interval, rounds] = process.argv.slice(2).map(Number) as [number, number, number];
const names = (process.env.NAMES ?? 'node,wheel,ws').split(',');
const crowds = new Map();
for (const name of names) {
  process.env.WHEEL = name;
  crowds.set(name, await openCrowd(name === 'ws' ? 'ws' : 'holdfast', count, interval));
}
const res: Record<string, number[]> = {};
for (let r = 0; r < rounds; r++) for (const name of names) {
  const { server, clients } = crowds.get(name);
  const a = await server.ask({});
  const pings = 1000;
  await clients.ask({ pings } satisfies CrowdOrder);
  const b = await server.ask({});
  (res[name] ??= []).push((b.cpuUs - a.cpuUs) / pings);
}
for (const n of names) { const s = [...res[n]!].sort((x, y) => x - y); console.log(count, n, 'us/beat median', s[s.length >> 1]!.toFixed(1), 'min', s[0]!.toFixed(1), 'max', s.at(-1)!.toFixed(1)); }
for (const c of crowds.values()) await c.close();
process.exit(0);
