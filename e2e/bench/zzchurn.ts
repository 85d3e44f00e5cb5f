import { startChild } from './child.ts';
const names = (process.env.NAMES ?? 'node,ws').split(',');
const load = await startChild(new URL('zzload.ts', import.meta.url));
const kids = new Map();
for (const n of names) { process.env.VARIANT = n; kids.set(n, await startChild(new URL('zzserver.ts', import.meta.url), [n], ['--expose-gc'])); }
const rounds = +process.argv[2]!, count = +process.argv[3]!;
const res: any = {};
for (let r = 0; r <= rounds; r++) for (const n of names) {
  const k = kids.get(n); const port = k.hello.port;
  const a = await k.ask({});
  await load.ask({ port, count });
  const b = await k.ask({});
  if (r) (res[n] ??= []).push({ cpu: (b.cpuUs - a.cpuUs) / count, gc: (b.gcMs - a.gcMs) * 1e3 / count, minor: (b.minor - a.minor) * 1e3 / count, heap: b.heap });
}
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!;
for (const n of names) { const e = await kids.get(n).ask({ collect: true });
 console.log(n, 'cpu us/conn', med(res[n].map((x: any) => x.cpu)).toFixed(1), 'gc us', med(res[n].map((x: any) => x.gc)).toFixed(1), 'minor', med(res[n].map((x: any) => x.minor)).toFixed(1), 'heap before', (e.before / 1e6).toFixed(1), 'after gc', (e.heap / 1e6).toFixed(2), 'size', e.size); }
// Waves: N open at once, then all closed.
for (const n of names) { const k = kids.get(n); const port = k.hello.port;
  const h0 = await k.ask({ collect: true });
  await load.ask({ port, hold: 2000 }); await new Promise((r) => setTimeout(r, 300));
  const h1 = await k.ask({ collect: true });
  await load.ask({ drop: true }); await new Promise((r) => setTimeout(r, 300));
  const h1b = await k.ask({});
  const h2 = await k.ask({ collect: true });
  console.log(n, 'idle: heap B/conn', ((h1.heap - h0.heap) / 2000).toFixed(0), 'rss', ((h1.rss - h0.rss) / 2000).toFixed(0), 'after close, no gc', ((h1b.heap - h0.heap) / 1e6).toFixed(2), 'MB; after gc', ((h2.heap - h0.heap) / 1e6).toFixed(2), 'MB', h2.size); }
process.exit(0);
