import type { ClientEvent } from '../events/client-event.ts';
import type { Message, Outgoing } from '../message.ts';
import type { FakeClock } from '../testing/fake-clock.ts';
import type { MemoryServer } from '../testing/memory-server.ts';
import { createTestKit } from '../testing/test-kit.ts';
import type { CommonOptions } from './options.ts';
import type { SessionClient, UrlSource } from './session-client.ts';

/** A client over a server in memory, on a fake clock, with all that it told so far. */
export interface Bench {
  readonly client: SessionClient<Message, Outgoing>;
  readonly server: MemoryServer;
  readonly clock: FakeClock;
  readonly events: ClientEvent[];
  /** The types of the events so far. */
  types(): string[];
}

/** What differs from the usual: options of the app, its URL, and what the platform can. */
export interface BenchOptions extends CommonOptions {
  readonly url?: UrlSource;
  readonly canPing?: boolean;
  readonly random?: number;
  readonly baseUrl?: string;
  readonly isPaused?: () => boolean;
}

const eventTypes = [
  'connecting',
  'open',
  'message',
  'latency',
  'drain',
  'disconnected',
  'waiting',
  'dropped',
  'error',
  'closed',
] as const;

/** A client that begins to dial; `random` 0 makes each delay the shortest. */
export function startClient({
  url = 'ws://test/',
  canPing = true,
  random = 0,
  baseUrl,
  isPaused,
  ...options
}: BenchOptions = {}): Bench {
  const { connect, server, clock } = createTestKit({
    platform: canPing ? 'node' : 'web',
    random: () => random,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(isPaused && { isPaused }),
  });
  const client = connect(url, options);
  const events: ClientEvent[] = [];
  for (const type of eventTypes) client.on(type, (event) => events.push(event));
  return { client, server, clock, events, types: () => events.map(({ type }) => type) };
}

/** The same, once the link is open. */
export async function openClient(options?: BenchOptions): Promise<Bench> {
  const bench = startClient(options);
  await bench.clock.settle();
  return bench;
}
