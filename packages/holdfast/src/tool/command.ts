/** What is shown, and how. */
export interface Look {
  readonly isJson: boolean;
  readonly isFull: boolean;
  readonly isColourOff: boolean;
  /** Frames: not at all, in a line each, or with the diagram of their bits. */
  readonly frames: 'none' | 'lines' | 'bits';
}

/** How what is read or typed becomes messages. */
export type InputForm = 'text' | 'binary' | 'hex';

/** What is sent, and until when. */
export interface Talk {
  /** Sent instead of what would be read. */
  readonly messages: readonly string[];
  readonly form: InputForm;
  /** All of a pipe is one message. */
  readonly isWhole: boolean;
  /** Ends with the first message that arrives. */
  readonly isOnce: boolean;
  /** How long what still arrives is waited for when the input has ended, in ms. */
  readonly waitMs: number;
}

/** How a line is secured; paths of files. */
export interface Tls {
  readonly ca: readonly string[];
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly servername: string | undefined;
  readonly isInsecure: boolean;
}

/** Connects to a server. */
export interface ConnectCommand {
  readonly name: 'connect';
  /** Absolute, ws: or wss:. */
  readonly url: string;
  /** `Name: value`, or `@file` with such lines. */
  readonly headers: readonly string[];
  readonly protocols: readonly string[];
  readonly origin: string | undefined;
  readonly tls: Tls;
  readonly isCompressed: boolean;
  readonly hasHeartbeat: boolean;
  readonly connectTimeoutMs: number;
  readonly comesBack: boolean;
  readonly talk: Talk;
  readonly look: Look;
}

/** Is a server. */
export interface ListenCommand {
  readonly name: 'listen';
  readonly port: number;
  readonly host: string;
  /** What is done with each message besides showing it. */
  readonly answer: 'none' | 'echo' | 'relay';
  readonly protocols: readonly string[];
  readonly origin: string | undefined;
  readonly tls: Pick<Tls, 'cert' | 'key'>;
  readonly isCompressed: boolean;
  readonly talk: Talk;
  readonly look: Look;
}

/** Shows the frames of bytes in hex; without them, of what is read. */
export interface DecodeCommand {
  readonly name: 'decode';
  readonly hex: string | undefined;
  readonly look: Look;
}

/** What a command line asks for. */
export type Command =
  | ConnectCommand
  | ListenCommand
  | DecodeCommand
  | { readonly name: 'help' }
  | { readonly name: 'version' };
