import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { drawMemory } from './page/draw-memory.ts';
import { chartPath, pagePath, renderPage } from './page/render-page.ts';
import type { Results } from './page/run-all.ts';
import { lostInSilence, type Report } from './report.ts';
import { peers } from './runs/black-hole.ts';
import { faultRuns } from './runs/fault-runs.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const report: Report = {
  run: 'black hole',
  client: 'partysocket',
  engine: 'Node',
  sent: 10,
  delivered: 3,
  lost: 7,
  doubled: 0,
  outOfOrder: 0,
  uncertain: undefined,
  isBack: true,
};

const samples = [0, 64, 128].map((mebibytes, seconds) => ({
  seconds,
  liveBytes: mebibytes * 2 ** 20,
  rssBytes: mebibytes * 2 ** 20,
}));

const results: Results = {
  blackHoles: [report, { ...report, client: 'holdfast', uncertain: 5 }],
  faults: [{ ...report, client: 'holdfast', run: 'stall', uncertain: 10, doubled: 1 }],
  deadLines: [{ engine: 'Node', reason: 'heartbeat-timeout', silentMs: 401 }],
  memory: { reading: [{ way: 'iterator', samples }], sending: [], page: [] },
};

describe('the page of the faults', () => {
  test('names the versions that run here, and every fault', () => {
    const { devDependencies } = JSON.parse(read('e2e/package.json'));
    const page = read(pagePath);
    for (const peer of [...peers, 'socket.io', 'ws']) expect(page).toContain(`${peer} ${devDependencies[peer]}`);
    for (const { fault, outcome } of faultRuns) expect(page).toContain(`| ${fault} | ${outcome} |`);
    expect(read(chartPath)).toMatch(/^<svg /);
  });

  test('shows what went wrong', () => {
    const page = renderPage(results, { partysocket: '1.2.3' });
    expect(page).toContain('| partysocket 1.2.3 | Node | 10 | 3 | 7 | 0 | 0 | nothing | **7** | yes |');
    expect(page).toContain('| holdfast | Node | 10 | 3 | 7 | 0 | 0 | 5 | **2** | yes |');
    expect(page).toContain('| 3 / 7 / 10, 1 doubled, 0 out of order |');
    expect(page).toContain('| reads slowly, Node | iterator | 128.0 | 2048 |');
    expect(lostInSilence(report)).toBe(7);
  });

  test('draws what grows as a line that rises', () => {
    const [path = ''] = /class="line c" d="M([^"]+)"/.exec(drawMemory(results.memory))!.slice(1);
    const heights = path.split('L').map((point) => Number(point.split(' ')[1]));
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(new Set(heights).size).toBe(3);
  });
});
