import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from '../median.ts';
import type { Round, Workload } from './workload.ts';

/** Who is compared, ours first. */
export const contenderNames = ['holdfast', 'ws', 'undici', 'bare socket'] as const;

export type ContenderName = (typeof contenderNames)[number];

/** All rounds of one workload, by contender; the round that warmed up is left out. */
export interface FlowResult {
  readonly workload: Workload;
  readonly rounds: Readonly<Record<ContenderName, readonly Round[]>>;
}

/** Runs each workload by all contenders in turn, round after round, against one peer; tells each result when it is there. */
export async function measureFlow(
  workloads: readonly Workload[],
  roundCount: number,
  tell: (result: FlowResult) => void,
): Promise<void> {
  const peer = start('peer-process.ts');
  const [{ port }] = (await once(peer, 'message')) as [{ port: number }];
  const clients = contenderNames.map((name) => ({ name, child: start('client-process.ts', name) }));
  try {
    for (const workload of workloads) {
      const url = `ws://127.0.0.1:${port}/?workload=${encodeURIComponent(JSON.stringify(workload))}`;
      for (const { child } of clients) await ask(child, { open: url, workload });
      const rounds = Object.fromEntries(contenderNames.map((name) => [name, [] as Round[]]));
      for (let round = 0; round <= roundCount; round++) {
        for (const { name, child } of turned(clients, round)) {
          const took = (await ask(child, { round: true })) as Round;
          if (round > 0) rounds[name]!.push(took);
        }
      }
      tell({ workload, rounds: rounds as Record<ContenderName, Round[]> });
    }
  } finally {
    for (const child of [peer, ...clients.map((client) => client.child)]) child.disconnect();
  }
}

/** The median of a figure over rounds. */
export function medianOf(rounds: readonly Round[], figure: (round: Round) => number): number {
  return median(rounds.map(figure));
}

function start(script: string, ...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
}

function ask(child: ChildProcess, order: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: unknown) => {
      child.off('exit', onExit);
      resolve(answer);
    };
    const onExit = (code: number | null) => {
      child.off('message', onMessage);
      reject(new Error(`a contender ended with ${String(code)}`));
    };
    child.once('message', onMessage).once('exit', onExit).send(order);
  });
}

/** Another one begins each time. */
function turned<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
