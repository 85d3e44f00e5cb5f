import { Child } from '../../server/crowd/child.ts';
import type { DrivenClients } from './driven-clients.ts';
import type { Engine } from './engine.ts';

/** One call of what drives the clients there. */
export interface ProcessCall {
  readonly call: number;
  readonly method: keyof DrivenClients;
  readonly args: readonly unknown[];
}

/** What became of a call. */
export interface ProcessWord {
  readonly call: number;
  readonly value?: unknown;
  readonly fault?: string;
}

/** Clients in a process of their own, whose thread may do something else for a while. */
export async function startNodeProcess(): Promise<Engine> {
  const child = new Child<ProcessWord>(new URL('./process-entry.ts', import.meta.url));
  let calls = 0;
  const ask = async <K extends keyof DrivenClients>(
    method: K,
    ...args: Parameters<DrivenClients[K]>
  ): Promise<Awaited<ReturnType<DrivenClients[K]>>> => {
    const call = ++calls;
    child.order(JSON.stringify({ call, method, args } satisfies ProcessCall));
    const { fault, value } = await child.word((word) => (word.call === call ? word : undefined));
    if (fault !== undefined) throw new Error(fault);
    return value as Awaited<ReturnType<DrivenClients[K]>>;
  };
  return {
    name: 'Node',
    start: async (name, url, options) => {
      const id = await ask('start', name, url, { ...options, isWeb: false });
      return {
        send: (numbers, length = 0) => ask('send', id, numbers, length),
        until: (milestone) => ask('until', id, milestone),
        keepBusy: (ms) => ask('keepBusy', id, ms),
        close: () => ask('close', id),
      };
    },
    close: async () => child.kill(),
  };
}
