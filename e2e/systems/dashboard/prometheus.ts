import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInPath } from '../../browser/executable.ts';
import { startFamily } from '../../browser/family.ts';
import { findFreePort } from '../../servers/listen.ts';
import { untilReady } from './until-ready.ts';

const config = new URL('../../../docs/systems/dashboard/prometheus.yml', import.meta.url);

/** A prometheus of its own, in a folder of its own. */
export interface Prometheus {
  /** What a query answers: a number for each series. Rejects where it is none. */
  query(expression: string): Promise<readonly number[]>;
  /** The names of all metrics that it has seen. */
  names(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Where prometheus is on this machine, if anywhere. */
export function findPrometheus(): string | undefined {
  return findInPath(['prometheus']);
}

/** Starts one with the configuration of the page, in which these ports stand for 9464 and 9465. */
export async function startPrometheus(program: string, ports: readonly [number, number]): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-prometheus-'));
  const path = join(folder, 'prometheus.yml');
  const text = await readFile(config, 'utf8');
  await writeFile(path, text.replace('9464', String(ports[0])).replace('9465', String(ports[1])));
  const base = `http://127.0.0.1:${await findFreePort()}`;
  const flags = [`--config.file=${path}`, `--storage.tsdb.path=${folder}/data`, '--log.level=warn'];
  const family = startFamily([program, ...flags, `--web.listen-address=${base.slice('http://'.length)}`]);
  const ask = async (what: string) => {
    const answer = (await (await fetch(`${base}/api/v1/${what}`)).json()) as { status: string; data: unknown };
    if (answer.status !== 'success') throw new Error(`${what}: ${JSON.stringify(answer)}`);
    return answer.data;
  };
  await untilReady(`${base}/-/ready`, family);
  return {
    async query(expression) {
      const data = (await ask(`query?query=${encodeURIComponent(expression)}`)) as Answer;
      return data.result.map(({ value: [, number] }) => Number(number));
    },
    names: async () => (await ask('label/__name__/values')) as string[],
    async stop() {
      await family.end();
      await rm(folder, { recursive: true });
    },
  };
}

interface Answer {
  readonly result: readonly { readonly value: readonly [at: number, number: string] }[];
}
