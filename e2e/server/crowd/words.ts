/** What the test says to the process of the server. */
export type ServerOrder = 'measure' | 'broadcast' | 'close';

/** What the server answers. */
export interface ServerWord {
  readonly port?: number;
  readonly measured?: Measure;
  /** How many took a broadcast. */
  readonly reached?: number;
  readonly closed?: true;
}

/** How many are there, and what they cost. */
export interface Measure {
  readonly connections: number;
  /** How many have answered a ping. */
  readonly alive: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly rssBytes: number;
}

/** What the process of the clients tells, once all of them have come so far. */
export interface CrowdWord {
  /** How many files one process may have open. */
  readonly openFiles?: number;
  readonly milestone?: 'open' | 'broadcast' | 'pinged' | 'ended';
  /** How often each close code came. */
  readonly closeCodes?: Readonly<Record<string, number>>;
  /** What went otherwise than it should. */
  readonly fault?: string;
}
