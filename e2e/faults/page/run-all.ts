import { startChromium, startFirefox, startWebkit } from '../engines/browsers.ts';
import type { Engine } from '../engines/engine.ts';
import { startNode } from '../engines/node.ts';
import { measurePage } from '../memory/measure-page.ts';
import { measure } from '../memory/measure.ts';
import { formatSeries, type Series } from '../memory/series.ts';
import { formatReport, type Report } from '../report.ts';
import { peers, runBlackHole } from '../runs/black-hole.ts';
import { runDeadLine } from '../runs/dead-line.ts';
import { faultRuns } from '../runs/fault-runs.ts';

/** All that the page tells. */
export interface Results {
  readonly blackHoles: readonly Report[];
  readonly faults: readonly Report[];
  readonly deadLines: readonly DeadLine[];
  /** What reads slowly, and what sends to a peer that does not read. */
  readonly memory: {
    readonly reading: readonly Series[];
    readonly sending: readonly Series[];
    readonly page: readonly Series[];
  };
}

/** How soon an engine found a line that died. */
export interface DeadLine {
  readonly engine: string;
  readonly reason: string;
  readonly silentMs: number;
}

/** Where ours runs, and whether the others run there too. */
const engines = [
  { start: startNode, hasPeers: true },
  { start: startChromium, hasPeers: true },
  { start: startFirefox, hasPeers: false },
  { start: startWebkit, hasPeers: false },
];

/** Runs everything, one after the other, and prints a line for each. */
export async function runAll(print: (line: string) => void): Promise<Results> {
  const blackHoles: Report[] = [];
  const faults: Report[] = [];
  const deadLines: DeadLine[] = [];
  const note = (reports: Report[], report: Report) => {
    reports.push(report);
    print(formatReport(report));
  };
  for (const { start, hasPeers } of engines) {
    const engine = await start();
    try {
      for (const isProven of [false, true]) note(blackHoles, await runBlackHole(engine, 'holdfast', { isProven }));
      note(blackHoles, await runBlackHole(engine, 'holdfast with delivery'));
      if (hasPeers) for (const peer of peers) note(blackHoles, await runBlackHole(engine, peer));
      for (const { fault, run } of faultRuns) note(faults, await run(engine, fault));
      deadLines.push(await findDeadLine(engine, print));
    } finally {
      await engine.close();
    }
  }
  return { blackHoles, faults, deadLines, memory: await runMemory(print) };
}

async function findDeadLine(engine: Engine, print: (line: string) => void): Promise<DeadLine> {
  const { silentMs, reasons } = await runDeadLine(engine);
  const found = { engine: engine.name, reason: reasons.join(' '), silentMs: Math.round(silentMs) };
  print(`dead line · holdfast · ${found.engine}: found after ${found.silentMs} ms of silence, ${found.reason}`);
  return found;
}

async function runMemory(print: (line: string) => void): Promise<Results['memory']> {
  const told = (series: Series) => {
    print(formatSeries(series));
    return series;
  };
  const pageOf = async (way: string, limit: number) => told((await measurePage(way, limit)).series);
  return {
    reading: [
      told(await measure('iterator', 2_000)),
      told(await measure('readable', 2_000)),
      told(await measure('on message', 1_000)),
    ],
    sending: [told(await measure('send', 10_000)), told(await measure('ws send', 3_000))],
    page: [await pageOf('limit of 8 MiB', 2 ** 23), await pageOf('no limit', Number.POSITIVE_INFINITY)],
  };
}
