import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInPath } from '../../browser/executable.ts';
import { startFamily } from '../../browser/family.ts';
import { findFreePort } from '../../servers/listen.ts';
import { untilReady } from './until-ready.ts';

/** An influxd of its own, in a folder of its own. */
export interface Influx {
  /** Where it answers HTTP. */
  readonly url: string;
  /** The newest value of each series that a query of InfluxQL answers: its second column. */
  query(text: string): Promise<readonly number[]>;
  /** The same, with the tags of each series. */
  rows(text: string): Promise<readonly InfluxRow[]>;
  stop(): Promise<void>;
}

/** Where influxd is on this machine, if anywhere. */
export function findInflux(): string | undefined {
  return findInPath(['influxd']);
}

/** Starts one on free ports of the loopback. */
export async function startInflux(program: string): Promise<Influx> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-influx-'));
  const path = join(folder, 'influxdb.conf');
  const port = await findFreePort();
  await writeFile(path, configuration(folder, port, await findFreePort()));
  const url = `http://127.0.0.1:${port}`;
  const family = startFamily([program, '-config', path]);
  await untilReady(`${url}/ping`, family);
  const rows = async (text: string) => {
    const response = await fetch(`${url}/query?db=holdfast&q=${encodeURIComponent(text)}`);
    const { results } = (await response.json()) as Answer;
    return (results[0]?.series ?? []).map(({ tags, values }) => ({ tags, value: values[0]?.[1] ?? Number.NaN }));
  };
  return {
    url,
    rows,
    query: async (text) => (await rows(text)).map(({ value }) => value),
    async stop() {
      await family.end();
      await rm(folder, { recursive: true });
    },
  };
}

/** A series, and its newest value. */
export interface InfluxRow {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly value: number;
}

interface Answer {
  readonly results: readonly { readonly series?: readonly Series[] }[];
}

interface Series {
  readonly tags?: Readonly<Record<string, string>>;
  readonly values: readonly (readonly number[])[];
}

function configuration(folder: string, port: number, backupPort: number): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${backupPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "error"
[monitor]
  store-enabled = false
`;
}
