import type { Client } from 'holdfast';
import type { RemoteServer } from '../../servers/control-client.ts';
import type { ServerOptions, Silence } from '../../servers/control-protocol.ts';
import type { Recording } from './recording.ts';

/** Where a scenario runs; `web` frames in the browser, `node` in our own wire half. */
export interface Platform {
  readonly name: string;
  readonly kind: 'node' | 'web';
  /** The silent lines that it keeps, out of our reach, after they were given up: a page cannot cut a line. */
  readonly keeps?: readonly Silence[];
  /** The close codes that its browser takes for a breach of the protocol, so that a page is told 1006. */
  readonly refusesCodes?: readonly number[];
}

/** What a scenario has besides `connect` and its assertions. */
export interface Bench {
  readonly platform: Platform;
  /** A fresh server, which ends with the scenario. */
  server(options?: ServerOptions): Promise<RemoteServer>;
  /** Records what a client tells; at the end of the scenario it is closed and must really be gone. */
  watch<In, Out>(client: Client<In, Out>): Recording;
}

/** One behaviour in one case, the same on every platform. */
export interface Scenario {
  readonly behaviour: string;
  readonly name: string;
  /** The one kind of platform that has this behaviour; without it, all have. */
  readonly only?: Platform['kind'];
  run(bench: Bench): Promise<void>;
}

/** The cases of one behaviour, in the order in which they stand. */
export function behaviour(
  name: string,
  cases: Readonly<Record<string, Scenario['run']>>,
  only?: Platform['kind'],
): readonly Scenario[] {
  return Object.entries(cases).map(([caseName, run]) => ({
    behaviour: name,
    name: caseName,
    run,
    ...(only && { only }),
  }));
}
