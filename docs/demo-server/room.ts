import { fileURLToPath } from 'node:url';
import type { Connection, ServerDeliveryOptions } from '@holdfast/node/server';
import type { MetricReader } from '@opentelemetry/sdk-metrics';
import type { Peer } from './peer.ts';

/** One path of the demo server: what happens to a client that asked for it. */
export interface Room {
  /** A longer message ends the connection with close code 1009. */
  readonly maxMessageBytes: number;
  /** More than this unread, and the connection is dropped: who does not read holds up nobody. */
  readonly maxUnreadBytes: number;
  /** How it delivers to clients that ask for it, on our server. Default: not at all. */
  readonly delivery?: ServerDeliveryOptions | undefined;
  /** Takes an open connection in; the room lets go of it when it closes. */
  join(peer: Peer): unknown;
}

/** A room that wants more of a client than every library gives: it is there on ours alone. */
export interface OwnRoom extends Omit<Room, 'join'> {
  join(connection: Connection): unknown;
}

/** The rooms by their paths. */
export type Rooms = ReadonlyMap<string, Room>;

/** The limits and times of the demo server; a test makes them short. */
export interface DemoOptions {
  /** Most members of the chat at once, at this process; one more is sent away with close code 1013. */
  readonly maxMembers: number;
  /** Most connections in all rooms together; one more gets HTTP status 503. */
  readonly maxConnections: number;
  /** Time between two numbers of `/push`, in ms. */
  readonly pushIntervalMs: number;
  /** A member that has not answered a ping when the next one is due is dead, in ms. */
  readonly pingIntervalMs: number;
  /** How long the closing handshakes may take when the server stops, in ms. */
  readonly stopTimeoutMs: number;
  /** The port of the lines that can be watched; 0 for any that is free. */
  readonly linePort: number;
  /** The file that `/log` shows, and that the room writes to when it is asked to. */
  readonly logPath: string;
  /** Where `/files` puts what it is sent. */
  readonly filesFolder: string;
  /** What the server's metrics are exported by. */
  readonly metricReaders: readonly MetricReader[];
  /** The longest file that `/files` takes, in bytes. */
  readonly maxFileBytes: number;
  /** Which library carries the rooms: ours, or ws, which the same rooms run on. */
  readonly engine: 'holdfast' | 'ws';
  /** The Redis by which several demo servers share one chat. */
  readonly redis: string | undefined;
}

export const defaultDemoOptions: DemoOptions = {
  maxMembers: 200,
  maxConnections: 256,
  pushIntervalMs: 1000,
  pingIntervalMs: 15_000,
  stopTimeoutMs: 2000,
  linePort: 0,
  logPath: fileURLToPath(new URL('../../.cache/demo.log', import.meta.url)),
  filesFolder: fileURLToPath(new URL('../../.cache/demo-files', import.meta.url)),
  metricReaders: [],
  maxFileBytes: 2 ** 32,
  engine: 'holdfast',
  redis: undefined,
};
