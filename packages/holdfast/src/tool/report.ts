import type { Frame, HoldfastError, Message } from '@holdfast/core';
import type { ExitCode } from './exit-code.ts';

/** Which way something went. */
export type Direction = 'in' | 'out';

/** Something to show. A `connection` is the number of one of a server's. */
export type Report =
  | {
      readonly event: 'open';
      readonly url: string;
      readonly protocol: string;
      readonly extensions: string;
      readonly elapsedMs: number;
    }
  | {
      readonly event: 'message';
      readonly direction: Direction;
      readonly data: Message;
      readonly connection?: number | undefined;
    }
  | { readonly event: 'frame'; readonly direction: Direction; readonly frame: Frame }
  | { readonly event: 'pong'; readonly rttMs: number; readonly connection?: number | undefined }
  | { readonly event: 'disconnected'; readonly error?: HoldfastError | undefined; readonly code: number }
  | { readonly event: 'waiting'; readonly attempt: number; readonly delayMs: number }
  | Closed
  | { readonly event: 'listening'; readonly url: string }
  | {
      readonly event: 'joined';
      readonly connection: number;
      readonly address: string;
      readonly path: string;
      readonly protocol: string;
    }
  | { readonly event: 'left'; readonly connection: number; readonly code: number; readonly reason: string }
  | { readonly event: 'refused'; readonly error: HoldfastError }
  | { readonly event: 'sending'; readonly name: string; readonly size: number; readonly id: string }
  | FileArrived
  | FileFailed
  | { readonly event: 'warning'; readonly text: string }
  | { readonly event: 'fault'; readonly text: string }
  | { readonly event: 'help'; readonly lines: readonly string[] };

/** The end of it all. */
export interface Closed {
  readonly event: 'closed';
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly error?: HoldfastError | undefined;
  readonly exitCode: ExitCode;
}

/** A file that is whole at the other end, or here. */
export interface FileArrived {
  readonly event: 'file';
  readonly direction: Direction;
  readonly id: string;
  /** What it is called where it arrived. */
  readonly name: string;
  readonly size: number;
  readonly checksum: 'sha-256' | 'md5';
  /** In hexadecimal digits. */
  readonly digest: string;
  /** How often it went on after a line had broken, as its sender knows. */
  readonly resumed?: number;
  readonly elapsedMs: number;
}

/** A file that did not arrive. */
export interface FileFailed {
  readonly event: 'file-failed';
  readonly direction: Direction;
  readonly id: string;
  readonly name: string;
  /** What the other end has of it, as far as its sender knows, in bytes. */
  readonly sentBytes?: number;
  readonly error: HoldfastError;
}
