import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Call, Commands } from './control-protocol.ts';
import { closeListener, listenOnFreePort, loopbackUrl } from './listen.ts';
import { TestServer } from './test-server.ts';

/** A control server: scenarios on every platform POST commands to it. */
export interface ControlServer {
  readonly url: string;
  /** Ends it and every server that it started. */
  close(): Promise<void>;
}

/** Starts a control server that answers any origin. */
export async function startControlServer(): Promise<ControlServer> {
  const servers = new Map<number, TestServer>();
  const http = createServer((request, response) => void answer(request, response, servers));
  const port = await listenOnFreePort(http);
  return {
    url: loopbackUrl('http', port),
    close: async () => {
      for (const server of servers.values()) server.kill();
      http.closeAllConnections();
      await closeListener(http);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, servers: Map<number, TestServer>) {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('content-type', 'application/json');
  try {
    const call = JSON.parse(await readBody(request)) as Call;
    response.end(JSON.stringify(await carryOut(call, servers)));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ error: String(error) }));
  }
}

async function carryOut(call: Call, servers: Map<number, TestServer>): Promise<Commands[Call['command']]['answers']> {
  if (call.command === 'start') {
    const server = await TestServer.start(call.takes);
    const id = servers.size + 1;
    servers.set(id, server);
    return { id, url: server.url };
  }
  const server = servers.get(call.takes.id);
  if (!server) throw new Error(`there is no server ${call.takes.id}`);
  switch (call.command) {
    case 'stop':
      await server.stop(call.takes.reason);
      return null;
    case 'kill':
    case 'remove':
      server.kill();
      return null;
    case 'startAgain':
      await server.startAgain();
      return null;
    case 'closeClients':
      await server.closeClients(call.takes.code, call.takes.reason);
      return null;
    case 'ping':
      await server.ping();
      return null;
    case 'send':
      server.send(call.takes.messages);
      return null;
    case 'stall':
      server.stall();
      return null;
    case 'report':
      return server.report(call.takes.until ?? {});
    case 'idle':
      return { open: await server.idle(call.takes.besides, call.takes.limitMs) };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
