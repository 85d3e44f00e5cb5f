/** What a server under the control of a scenario does. */
export interface ServerOptions {
  /** With a message: send it back, or only note it; or, as a server of ours, answer the calls and echo the rest. The default is `echo`. */
  readonly mode?: 'echo' | 'collect' | 'calls';
  /** The sub-protocol it answers to every client that offers some; without it, it answers none. */
  readonly protocol?: string;
  /** Answers this HTTP status instead of the handshake. */
  readonly refuse?: Refusal;
  /** Takes the TCP connection and never answers the handshake. */
  readonly mute?: boolean;
  /** Answers one text with another without noting either: a heartbeat for platforms that cannot ping. */
  readonly probe?: { readonly message: string; readonly reply: string };
  /** Texts that go out together with the handshake, to each client. */
  readonly greeting?: readonly string[];
  /** Answers plain HTTP requests with this; without it, with 404. */
  readonly http?: HttpAnswer;
  /** Puts a TCP proxy before the server that can fall silent. */
  readonly stallable?: boolean;
}

/** Why a line has nothing to say: it was stalled, or its server never answers a handshake. */
export type Silence = 'stalled' | 'mute';

/** How a server refuses a handshake. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How a server answers a request that is no handshake. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether a page of another origin may read the answer. */
  readonly isReadable: boolean;
}

/** What a server sends in one message: a text, or bytes in hex. */
export type Sent = string | { readonly hex: string };

/** What a server received in one message; long ones are told by their hash alone. */
export interface ReceivedMessage {
  readonly kind: 'text' | 'binary';
  readonly bytes: number;
  readonly sha256: string;
  /** The text itself, when it is at most 4 KiB long. */
  readonly text?: string;
}

/** What a server saw of one client. */
export interface ReceivedConnection {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly messages: readonly ReceivedMessage[];
  /** The protocol pings of the client. */
  readonly pings: number;
  readonly closed?: { readonly code: number; readonly reason: string };
}

/** The least that must have happened, summed over all clients of a server. */
export interface Milestone {
  readonly handshakes?: number;
  readonly messages?: number;
  readonly pings?: number;
  readonly closed?: number;
}

/** The commands of the control server: what each takes and what it answers. */
export interface Commands {
  /** Starts a new server on a port of its own. */
  start: { takes: ServerOptions; answers: { id: number; url: string } };
  /** Closes each client with 1001 and its reason, waits for them, and listens no more. */
  stop: { takes: { id: number; reason: string }; answers: null };
  /** Destroys every socket and the listener, as the end of a process does. */
  kill: { takes: { id: number }; answers: null };
  /** Listens again on the same port. */
  startAgain: { takes: { id: number }; answers: null };
  /** Closes each client with this code and reason, or with an empty close frame, and waits for their handshakes. */
  closeClients: { takes: { id: number; code?: number; reason?: string }; answers: null };
  /** Pings each client and waits for the pong of each. */
  ping: { takes: { id: number }; answers: null };
  /** Sends each message to each client, in order. */
  send: { takes: { id: number; messages: readonly Sent[] }; answers: null };
  /** Lets the lines that are open fall silent in both directions; their sockets stay up, new lines are carried. */
  stall: { takes: { id: number }; answers: null };
  /** Waits for the milestone, then answers what each client did, the oldest first. */
  report: { takes: { id: number; until?: Milestone }; answers: readonly ReceivedConnection[] };
  /** Waits until no client holds a socket open, besides those of these silences, and answers how many still do. */
  idle: { takes: { id: number; besides: readonly Silence[]; limitMs: number }; answers: { open: number } };
  /** Ends a server for good. */
  remove: { takes: { id: number }; answers: null };
}

/** One call to the control server, as JSON in the body of a POST. */
export type Call = { [K in keyof Commands]: { command: K; takes: Commands[K]['takes'] } }[keyof Commands];
