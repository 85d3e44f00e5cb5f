import type {
  Call,
  Commands,
  Milestone,
  ReceivedConnection,
  Sent,
  ServerOptions,
  Silence,
} from './control-protocol.ts';

/** A server in another process, as a scenario sees it. */
export interface RemoteServer {
  readonly url: string;
  stop(reason?: string): Promise<void>;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  closeClients(code?: number, reason?: string): Promise<void>;
  ping(): Promise<void>;
  send(...messages: Sent[]): Promise<void>;
  stall(): Promise<void>;
  /** Waits for the milestone, then answers what each client did, the oldest first. */
  report(until?: Milestone): Promise<readonly ReceivedConnection[]>;
  /** Answers how many sockets clients still hold, besides silent ones, when none is held or the limit is over. */
  idle(besides: readonly Silence[], limitMs: number): Promise<number>;
  remove(): Promise<void>;
}

/** Starts a server through the control server at this address; needs no more than `fetch`. */
export async function startServer(controlUrl: string, options: ServerOptions): Promise<RemoteServer> {
  const { id, url } = await call<'start'>(controlUrl, { command: 'start', takes: options });
  const tell = async (command: Call) => void (await call(controlUrl, command));
  return {
    url,
    stop: (reason = '') => tell({ command: 'stop', takes: { id, reason } }),
    kill: () => tell({ command: 'kill', takes: { id } }),
    startAgain: () => tell({ command: 'startAgain', takes: { id } }),
    closeClients: (code, reason) =>
      tell({ command: 'closeClients', takes: { id, ...(code === undefined ? {} : { code, reason: reason ?? '' }) } }),
    ping: () => tell({ command: 'ping', takes: { id } }),
    send: (...messages) => tell({ command: 'send', takes: { id, messages } }),
    stall: () => tell({ command: 'stall', takes: { id } }),
    report: (until = {}) => call<'report'>(controlUrl, { command: 'report', takes: { id, until } }),
    idle: async (besides, limitMs) =>
      (await call<'idle'>(controlUrl, { command: 'idle', takes: { id, besides, limitMs } })).open,
    remove: () => tell({ command: 'remove', takes: { id } }),
  };
}

/** A plain text body: a page may POST that to another origin without asking first. */
async function call<K extends keyof Commands>(url: string, body: Call): Promise<Commands[K]['answers']> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await response.json()) as Commands[K]['answers'] & { error?: string };
  if (!response.ok) throw new Error(`control server, ${body.command}: ${answer.error}`);
  return answer;
}
