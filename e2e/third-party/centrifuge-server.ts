import type { WebSocket as Peer } from 'ws';
import { type PeerServer, startPeerServer } from './peer-server.ts';

/** One line of what a client of Centrifugo sends, in its JSON protocol. */
interface Command {
  readonly id?: number;
  readonly connect?: object;
  readonly subscribe?: { readonly channel: string };
  readonly unsubscribe?: { readonly channel: string };
  readonly publish?: { readonly channel: string; readonly data: unknown };
  readonly rpc?: { readonly method: string; readonly data: unknown };
}

/** As much of a Centrifugo as clients need to connect, subscribe, publish and be pushed to. */
export function startCentrifugeServer(): Promise<PeerServer> {
  const subscribers = new Map<string, Set<Peer>>();
  const publish = (channel: string, data: unknown) => {
    const push = JSON.stringify({ push: { channel, pub: { data } } });
    for (const peer of subscribers.get(channel) ?? []) peer.send(push);
  };
  const subscribe = (peer: Peer, channel: string) => {
    subscribers.set(channel, (subscribers.get(channel) ?? new Set()).add(peer));
    peer.on('close', () => subscribers.get(channel)?.delete(peer));
  };
  const carryOut = (peer: Peer, command: Command): object => {
    if (command.connect) return { connect: { client: 'c1', version: 'test', ping: 25, pong: true } };
    if (command.subscribe) {
      subscribe(peer, command.subscribe.channel);
      return { subscribe: {} };
    }
    if (command.unsubscribe) {
      subscribers.get(command.unsubscribe.channel)?.delete(peer);
      return { unsubscribe: {} };
    }
    if (command.publish) {
      publish(command.publish.channel, command.publish.data);
      return { publish: {} };
    }
    if (command.rpc) return { rpc: { data: command.rpc.data } };
    return { error: { code: 108, message: 'not available' } };
  };
  return startPeerServer((peer) => {
    peer.on('message', (data: Buffer) => {
      for (const line of data.toString().split('\n').filter(Boolean)) {
        const command = JSON.parse(line) as Command;
        // Without an id it is the answer to a ping.
        if (command.id !== undefined) peer.send(JSON.stringify({ id: command.id, ...carryOut(peer, command) }));
      }
    });
  });
}
