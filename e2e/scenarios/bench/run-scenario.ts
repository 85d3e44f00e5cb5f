import { expect } from 'chai';
import type { Client } from 'holdfast';
import { type RemoteServer, startServer } from '../../servers/control-client.ts';
import { Recording } from './recording.ts';
import type { Bench, Platform, Scenario } from './scenario.ts';

const limitMs = 30_000;
const cleanUpLimitMs = 10_000;

/** Runs a scenario with fresh servers and sees to it that its clients end; rejects with what they told. */
export async function runScenario(scenario: Scenario, platform: Platform, controlUrl: string): Promise<void> {
  const servers: RemoteServer[] = [];
  const recordings: Recording[] = [];
  const bench: Bench = {
    platform,
    server: async (options = {}) => {
      const server = await startServer(controlUrl, options);
      servers.push(server);
      return server;
    },
    watch: (client) => {
      // What a codec makes of messages is compared, whatever it is.
      const recording = new Recording(client as unknown as Client);
      recordings.push(recording);
      return recording;
    },
  };

  try {
    await within(limitMs, 'the scenario', scenario.run(bench));
    await within(limitMs, 'the end of the clients', checkEnd(recordings, servers, platform));
  } catch (error) {
    throw withStories(error, recordings);
  } finally {
    for (const { client } of recordings) void client.close();
    await Promise.all(servers.map((server) => server.remove()));
  }
}

/** Every client closes, tells it once and last, and lets go of its sockets (DESIGN, rule 5). */
async function checkEnd(recordings: Recording[], servers: RemoteServer[], { keeps = [] }: Platform): Promise<void> {
  for (const { client } of recordings) await client.close();
  for (const server of servers) {
    expect(await server.idle(keeps, cleanUpLimitMs), 'sockets that clients hold open at the end').to.equal(0);
  }
  for (const { client, events } of recordings) {
    const types = events.map((event) => event.type);
    expect(client.state.name).to.equal('closed');
    expect(types.indexOf('closed'), '"closed" comes exactly once and last').to.equal(types.length - 1);
  }
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function withStories(error: unknown, recordings: readonly Recording[]): Error {
  const stories = recordings.map((recording) => recording.describe());
  const cause = error instanceof Error ? error : new Error(String(error));
  return Object.assign(new Error([cause.message, ...stories].join('\n'), { cause }), { stack: cause.stack });
}
