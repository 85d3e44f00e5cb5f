import type { ConnectOptions } from '@holdfast/node';
import type { ServeOptions } from '@holdfast/node/server';
import type { Payload } from '../wire/payload.ts';

/** The side that is ours; the peer is the other one, and it is the one that a row describes. */
export type Role = 'client' | 'server';

/** A rule of the wire: what a peer does, and the one thing that has to come of it. */
export interface Row {
  /** Section, group and number: `6.4.2`. */
  readonly id: string;
  /** One sentence: what the peer does, and what comes of it. */
  readonly rule: string;
  /** The section that asks for it: of RFC 6455, unless another RFC is named. */
  readonly rfc: string;
  /** Our side; most rules hold for both. */
  readonly roles: readonly Role[];
  /** What happens, in this order; the last step is an `end`. Our app echoes each message. */
  readonly steps: readonly Step[];
  /** Limits of ours other than the defaults. */
  readonly limits?: RowLimits;
  /** What the peer's handshake says of extensions, and what ours has to say; without it: nothing. */
  readonly extensions?: RowExtensions;
  /** What is agreed on compression; without it our app asks for none. */
  readonly compression?: RowCompression;
  /** Our client does not take the answer of the handshake: the code of its error. There is nothing else to play. */
  readonly refusal?: string;
  /**
   * `protocol`: over TCP the row is run by a Protocol on a bare socket, since it needs what `connect` and `serve` do not
   * offer, such as a limit on the fragments that are sent.
   */
  readonly through?: 'protocol';
  /** Takes too long for `npm test`. */
  readonly isLong?: true;
}

/** A row as its section lists it: the number comes from its place. */
export type RowInit = Omit<Row, 'id' | 'roles'> & Partial<Pick<Row, 'roles'>>;

/** Rows about one thing, as their section lists them. */
export interface GroupInit {
  readonly title: string;
  readonly rows: readonly RowInit[];
}

/** Rows about one thing. */
export interface Group {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A chapter of the table. */
export interface Section {
  readonly number: number;
  readonly title: string;
  readonly groups: readonly Group[];
}

/** The options of both sides of holdfast that bound what comes in, and of Protocol on what goes out. */
export interface RowLimits {
  readonly maxMessageBytes?: number;
  readonly maxFrameBytes?: number;
  readonly maxFragments?: number;
  readonly maxFragmentOverheadBytes?: number;
  readonly maxPendingPongs?: number;
  /** Only with `through: 'protocol'`. */
  readonly maxFragmentBytes?: number;
  /** Over TCP: the limit of the closing handshake. */
  readonly closeTimeoutMs?: number;
}

/** The values of Sec-WebSocket-Extensions, '' for no such header. */
export interface RowExtensions {
  /** In the request: the peer sends it to our server; our client has to send it. */
  readonly offered: string;
  /** In the response: our server has to answer it; the peer sends it to our client. */
  readonly agreed: string;
}

/** How compression comes about in either of our roles, and how each end then compresses (RFC 7692 7.1). */
export interface RowCompression {
  readonly client?: CompressionHandshake & { readonly options: ConnectOptions['compression'] };
  readonly server?: CompressionHandshake & { readonly options: ServeOptions['compression'] };
  /** Without it nothing is compressed. */
  readonly sides?: { readonly client: DeflateSide; readonly server: DeflateSide };
}

/** What our app asks for, and what the two handshakes say then. */
export interface CompressionHandshake extends RowExtensions {
  readonly options: unknown;
}

/** How one end compresses. */
export interface DeflateSide {
  /** The base-2 logarithm of its window. */
  readonly windowBits: number;
  /** Whether the window goes on from message to message. */
  readonly keepsContext: boolean;
}

/** One thing that happens. */
export type Step =
  | ExchangeStep
  | SendStep
  | CutStep
  | AppStep
  | HearStep
  | AnswerStep
  | PongBackStep
  | QuietStep
  | EndStep;

/** The peer writes all of this at once, or over TCP in pieces of `chopBytes`. */
export interface SendStep {
  readonly do: 'send';
  readonly items: readonly SendItem[];
  readonly chopBytes?: number;
  /**
   * Our output is taken only when all of it is in, since what is answered depends on that. Over TCP it is one segment,
   * which does the same.
   */
  readonly isBurst?: true;
  /** Over TCP in one piece with the response of the handshake: only as the first step, and from a server. */
  readonly withHandshake?: true;
}

/** What a peer writes: a frame, one many times, a message in fragments, or bytes as they are. */
export type SendItem =
  | PeerFrame
  | { readonly frame: PeerFrame; readonly times: number }
  | { readonly opcode: number; readonly fragments: Payload; readonly ofBytes: number }
  | { readonly hex: string };

/** A frame as the peer writes it. What is not said is right: the shortest length, a mask exactly where it is due. */
export interface PeerFrame {
  readonly opcode: number;
  /** Default: empty. */
  readonly payload?: Payload;
  /** Default: true. */
  readonly fin?: boolean;
  /** The three reserved bits, RSV1 is 4. Default: 0. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** In hex, 4 bytes. */
  readonly maskingKey?: string;
  /** How many bits the length is written in. */
  readonly lengthBits?: 7 | 16 | 64;
  /** The length that is written, where it is not that of the payload. */
  readonly announced?: bigint;
  /** Only a part of the frame is sent. */
  readonly part?: FramePart;
}

/** Which part of a frame, from its start or to its end where nothing else is said. */
export interface FramePart {
  readonly from?: FramePlace;
  readonly to?: FramePlace;
}

/** A place in a frame: behind so many bytes of its header, or of its payload. */
export type FramePlace = { readonly header: number } | { readonly payload: number };

/**
 * The peer sends compressed messages of this many bytes, each of them different, and each comes back compressed. Without
 * a socket there are fewer of them.
 */
export interface ExchangeStep {
  readonly do: 'exchange';
  readonly opcode: 1 | 2;
  readonly bytes: number;
  readonly times: number;
}

/** The peer ends its half of TCP, or resets the connection. */
export interface CutStep {
  readonly do: 'cut';
  readonly how: 'end' | 'reset';
}

/** Our app does something. */
export interface AppStep {
  readonly do: 'app';
  readonly act: AppAct;
}

/** What our app does; `pinged` waits until its ping was answered. */
export type AppAct =
  | { readonly kind: 'send'; readonly message: Message; readonly times?: number }
  | { readonly kind: 'fragments'; readonly opcode: 1 | 2; readonly pieces: readonly Payload[] }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pinged' }
  | { readonly kind: 'pong'; readonly payload: Payload }
  | { readonly kind: 'close'; readonly code?: number; readonly reason?: string };

/** A message of an app. */
export type Message = { readonly text: Payload } | { readonly binary: Payload };

/** What our side has to tell next. Apps hear messages; the rest only shows without a socket. */
export interface HearStep {
  readonly do: 'hear';
  readonly event: HeardEvent;
  readonly times?: number;
}

/** An event of Protocol: the payload of a pong is `undefined` for that of our ping. */
export type HeardEvent =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'ping'; readonly payload: Payload }
  | { readonly type: 'pong'; readonly payload: Payload | undefined }
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  | { readonly type: 'fault'; readonly error: string };

/** The frame that our side has to send next. */
export interface AnswerStep {
  readonly do: 'answer';
  readonly frame: ExpectedFrame;
  readonly times?: number;
}

/**
 * A frame to the byte; or a message that is compressed, in one frame unless `ofBytes` says in how long ones; or a ping whose payload is ours to choose; or the close frame for a fault, whose reason is ours to
 * word, but has to be there.
 */
export type ExpectedFrame =
  | { readonly kind: 'frame'; readonly opcode: number; readonly payload: Payload; readonly fin: boolean }
  | { readonly kind: 'compressed'; readonly opcode: 1 | 2; readonly payload: Payload; readonly ofBytes?: number }
  | { readonly kind: 'any-ping' }
  | { readonly kind: 'fault-close'; readonly code: number };

/** The peer answers the last ping. */
export interface PongBackStep {
  readonly do: 'pong-back';
}

/** All that was sent has arrived, and our side has told and sent no more than what was asked for. */
export interface QuietStep {
  readonly do: 'quiet';
}

/**
 * The connection ends: after the closing handshake with the peer's code, by a fault of the peer with the code of our error,
 * or without a close frame. The server ends TCP first, the client waits for it, and nobody resets; unless the peer does
 * not end its half (`silent`), or began (`loss`).
 */
export type EndStep = { readonly do: 'end'; readonly isPeerSilent?: true } & (
  | { readonly by: 'close'; readonly code: number; readonly reason: string }
  | { readonly by: 'fault'; readonly error: string }
  | { readonly by: 'loss' }
);
