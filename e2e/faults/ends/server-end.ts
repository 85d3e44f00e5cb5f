import { startHoldfastEnd } from './holdfast-server.ts';
import { startSocketIoEnd } from './socket-io-server.ts';
import { startWsEnd } from './ws-server.ts';

/** A server that notes the number of each message that it gets, from whatever client, and answers probes. */
export interface ServerEnd {
  readonly port: number;
  /** The numbers, in the order of their arrival. */
  readonly received: readonly number[];
  /** Resolves when all of these numbers are there. */
  until(numbers: readonly number[]): Promise<void>;
  /** How often clients have asked whether the line lives; of pings, `ws` alone tells. */
  probes(): number;
  /** Resolves when they have asked so often. */
  untilAsked(times: number): Promise<void>;
  /** Sends these to the newest client, filled up to this length. */
  send(numbers: readonly number[], length?: number): void;
  close(): Promise<void>;
}

/** The servers that there are, by name. */
export const serverEnds = { ws: startWsEnd, holdfast: startHoldfastEnd, 'socket.io': startSocketIoEnd } as const;

/** The name of a server. */
export type ServerName = keyof typeof serverEnds;
