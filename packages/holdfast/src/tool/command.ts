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

/** How a server is reached. */
export interface Dial {
  /** Absolute, ws: or wss:. */
  readonly url: string;
  /** `Name: value`, or `@file` with such lines. */
  readonly headers: readonly string[];
  readonly protocols: readonly string[];
  readonly origin: string | undefined;
  readonly tls: Tls;
  /** A URL, or `environment`. */
  readonly proxy: string | undefined;
  readonly socketPath: string | undefined;
  readonly followRedirects: number;
  readonly isCompressed: boolean;
  readonly hasHeartbeat: boolean;
  readonly connectTimeoutMs: number;
}

/** How clients are waited for. */
export interface Stand {
  readonly port: number;
  readonly host: string;
  readonly protocols: readonly string[];
  readonly origin: string | undefined;
  readonly tls: Pick<Tls, 'cert' | 'key'>;
  readonly isCompressed: boolean;
}

/** Connects to a server. */
export interface ConnectCommand extends Dial {
  readonly name: 'connect';
  readonly comesBack: boolean;
  readonly talk: Talk;
  readonly look: Look;
}

/** Is a server. */
export interface ListenCommand extends Stand {
  readonly name: 'listen';
  /** What is done with each message besides showing it. */
  readonly answer: 'none' | 'echo' | 'relay';
  readonly talk: Talk;
  readonly look: Look;
}

/** What commands about files share. */
interface FilesCommand {
  readonly line: Dial | Stand;
  /** How long a server that is not there is waited for, in ms; undefined: only one that was there before, for a minute. */
  readonly waitMs: number | undefined;
  /** A server ends when one client has it all, and a receiver with the first file. */
  readonly isOnce: boolean;
  readonly look: Look;
}

/** Sends files. */
export interface SendCommand extends FilesCommand {
  readonly name: 'send';
  /** At least one. */
  readonly paths: readonly string[];
  readonly checksum: 'sha-256' | 'md5';
  /** What the one file is to be called. */
  readonly as: string | undefined;
  /** Of an earlier attempt with the one file. */
  readonly id: string | undefined;
}

/** Receives files into a folder. */
export interface ReceiveCommand extends FilesCommand {
  readonly name: 'receive';
  readonly folder: string;
  readonly existing: 'refuse' | 'rename' | 'overwrite';
  /** The longest file. */
  readonly maxBytes: number;
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
  | SendCommand
  | ReceiveCommand
  | DecodeCommand
  | { readonly name: 'help' }
  | { readonly name: 'version' };
