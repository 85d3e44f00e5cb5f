import type { AnyHttpServer } from '@holdfast/node/server';

/** The WebSockets of an app, in whatever way they were attached to its HTTP server. */
export interface Live {
  /** How many connections are open. */
  count(): number;
  /** Closes each with 1001, and resolves when all have ended. */
  drain(): Promise<void>;
}

/** Adds WebSockets to an HTTP server. */
export type Attach = (http: AnyHttpServer) => Promise<Live>;

/** A web app that serves the page `/hello` on the loopback, and WebSockets besides. */
export interface App {
  readonly http: AnyHttpServer;
  readonly live: Live;
  /** Ends it as its framework would have it. */
  stop(): Promise<void>;
}
