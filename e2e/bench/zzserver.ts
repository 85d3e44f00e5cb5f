import { PerformanceObserver } from 'node:perf_hooks';
import { WebSocketServer } from 'ws';
import { serve } from '@holdfast/node/server';
import { answerOrders } from './orders.ts';
let gcMs = 0, minor = 0, major = 0;
new PerformanceObserver((l) => { for (const e of l.getEntries()) { gcMs += e.duration; if ((e as any).detail.kind === 1) minor += e.duration; else major += e.duration; } }).observe({ entryTypes: ['gc'] });
let port: number; let size: () => number;
if (process.argv[2] === 'ws') {
  const s = new WebSocketServer({ port: 0, host: '127.0.0.1' }); await new Promise((r) => s.once('listening', r)); port = (s.address() as any).port; size = () => s.clients.size;
} else { const s = await serve({ port: 0, host: '127.0.0.1', limits: { maxConnections: 1e5 } }, () => {}); port = s.port; size = () => s.connections.size; }
answerOrders({ port }, async (o: any) => {
  const before = process.memoryUsage().heapUsed;
  if (o.collect) for (let i = 0; i < 4; i++) { gc!(); await new Promise((r) => setTimeout(r, 30)); }
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system, gcMs, minor, major, before, heap: process.memoryUsage().heapUsed, rss: process.memoryUsage().rss, size: size() };
});
