import type { Client, Connector, Platform } from '@holdfast/core/adapter';

/**
 * How a client in a browser gets its links, in the place of the native WebSocket; and what else is otherwise with them, such as whether
 * they can ping.
 */
export interface Transport extends Partial<Platform> {
  /** Dials; over the limit, in bytes or in UTF-16 units of text, a message ends its link. */
  connector(maxMessageBytes: number, diagnosisUrl: string): Connector;
  /** The client, once it is made. */
  follow<In, Out>(client: Client<In, Out>): Client<In, Out>;
}
