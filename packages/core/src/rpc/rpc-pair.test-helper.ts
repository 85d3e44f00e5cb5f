import type { HoldfastError } from '../errors.ts';
import { createEmitter, type Emitter } from '../events/emitter.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { createTestKit, type TestKit } from '../testing/test-kit.ts';
import { createRpc, type Rpc, type RpcOptions } from './create-rpc.ts';
import type { Api } from './declare-api.ts';
import type { RpcPeer } from './peer.ts';
import { type Handlers, serveRpc, type ServeRpcOptions } from './serve-rpc.ts';

type Told =
  | { readonly type: 'message'; readonly data: unknown }
  | { readonly type: 'disconnected'; readonly willReconnect: boolean }
  | { readonly type: 'open'; readonly resumed: boolean }
  | { readonly type: 'dropped'; readonly message: unknown; readonly cause: string }
  | { readonly type: 'error'; readonly error: HoldfastError }
  | { readonly type: 'closed'; readonly error?: HoldfastError };

/** One end of a line in memory: what it sends arrives at the other in a later turn, and is kept. */
export class MemoryPeer implements RpcPeer {
  state: { name: string } = { name: 'open' };
  delivery: unknown;
  readonly sent: unknown[] = [];
  other: MemoryPeer | undefined;
  readonly #emitter: Emitter<Told> = createEmitter<Told>();

  readonly on: RpcPeer['on'] = this.#emitter[0];
  readonly tell: (event: Told) => void = this.#emitter[1];

  send(message: unknown): 'sent' | 'closed' {
    if (this.state.name === 'closed') return 'closed';
    this.sent.push(message);
    void Promise.resolve().then(() => this.other?.tell({ type: 'message', data: message }));
    return 'sent';
  }

  /** What was sent, as objects. */
  get envelopes(): unknown[] {
    return this.sent.map((message) => (typeof message === 'string' ? JSON.parse(message) : message));
  }

  close(error?: HoldfastError): void {
    this.state = { name: 'closed' };
    this.tell({ type: 'closed', ...(error && { error }) });
  }
}

/** Two ends of a line, one that calls and one that answers. */
export interface RpcPair<A extends Api> {
  readonly rpc: Rpc<A>;
  readonly client: MemoryPeer;
  readonly server: MemoryPeer;
  readonly clock: FakeClock;
  /** What the server's end was told of its faults. */
  readonly faults: HoldfastError[];
  readonly stopServing: () => void;
}

/** Such a pair, whose ids count from 1. */
export function createRpcPair<A extends Api>(
  api: A,
  handlers: Handlers<A>,
  options: { readonly call?: RpcOptions; readonly serve?: ServeRpcOptions } = {},
): RpcPair<A> {
  const [client, server, clock] = [new MemoryPeer(), new MemoryPeer(), new FakeClock()];
  client.other = server;
  server.other = client;
  const faults: HoldfastError[] = [];
  const onError = (error: HoldfastError) => void faults.push(error);
  const stopServing = serveRpc(server, api, handlers, { onError, ...options.serve });
  const rpc = createRpc(client, api, options.call, { after: clock.after, random: () => 0 });
  return { rpc, client, server, clock, faults, stopServing };
}

/** A peer without a server: the test says what comes. */
export function createLoneCaller<A extends Api>(
  api: A,
  options?: RpcOptions,
  random = 0,
): { rpc: Rpc<A>; peer: MemoryPeer; clock: FakeClock; answer: (envelope: object) => Promise<void> } {
  const [peer, clock] = [new MemoryPeer(), new FakeClock()];
  const rpc = createRpc(peer, api, options, { after: clock.after, random: () => random });
  const answer = (envelope: object) => {
    peer.tell({ type: 'message', data: JSON.stringify(envelope) });
    return clock.settle();
  };
  return { rpc, peer, clock, answer };
}

/** A kit whose server answers calls on each connection. */
export function createServingKit<A extends Api>(api: A, handlers: Handlers<A>): TestKit {
  const kit = createTestKit();
  const peers = new Map<unknown, MemoryPeer>();
  kit.server.onConnection = (connection) => {
    const peer = new MemoryPeer();
    peer.send = (message) => {
      connection.send(message as string);
      return 'sent';
    };
    peers.set(connection, peer);
    serveRpc(peer, api, handlers);
    void connection.ended().then(() => peer.close());
  };
  kit.server.answer = (data, connection) => {
    peers.get(connection)?.tell({ type: 'message', data });
    return undefined;
  };
  return kit;
}

/** Settles to what a promise was rejected with. */
export function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`resolved to ${String(value)}`);
    },
    (error: unknown) => error,
  );
}
