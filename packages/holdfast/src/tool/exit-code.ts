import type { HoldfastErrorCode } from '@holdfast/core';

/** What the tool exits with; `--help` and docs/guide/tool.md tell of each. */
export const ExitCode = {
  Closed: 0,
  Unexpected: 1,
  Usage: 2,
  NameNotFound: 3,
  NotReached: 4,
  Tls: 5,
  HttpStatus: 6,
  Handshake: 7,
  Timeout: 8,
  RuleBroken: 9,
  LineLost: 10,
  ClosedWithCode: 11,
  NoMessage: 12,
  NotListening: 13,
  FileRefused: 14,
  FileUnread: 15,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** A line about each, for people. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  [ExitCode.Closed]: 'closed normally, by you or with 1000 or no code by the other end',
  [ExitCode.Unexpected]: 'something that should not happen',
  [ExitCode.Usage]: 'the command line is wrong, or a file that it names cannot be used',
  [ExitCode.NameNotFound]: 'the host has no address',
  [ExitCode.NotReached]: 'nobody listens there, or the network or the proxy is not to be had',
  [ExitCode.Tls]: 'TLS failed: most often the certificate is not trusted',
  [ExitCode.HttpStatus]: 'the server answered with an HTTP status instead of a WebSocket',
  [ExitCode.Handshake]: 'the answer to the handshake breaks a rule, or no sub-protocol was agreed on',
  [ExitCode.Timeout]: 'too slow: connecting, closing, or answering a ping',
  [ExitCode.RuleBroken]: 'what the other end sent breaks a rule of the protocol, or a limit',
  [ExitCode.LineLost]: 'the line broke without a close frame',
  [ExitCode.ClosedWithCode]: 'the other end closed with another code, such as 1001 or 1011',
  [ExitCode.NoMessage]: '--once, and no message came',
  [ExitCode.NotListening]: '--listen, and the port cannot be had',
  [ExitCode.FileRefused]: 'a file was not taken, or not to its end; the message has the code',
  [ExitCode.FileUnread]: 'a file cannot be read, or became shorter while it was sent',
};

/** By error of the library; what is missing here is a rule or a limit, where the line was open, or unexpected. */
const byError: Partial<Record<HoldfastErrorCode, ExitCode>> = {
  'invalid-url': ExitCode.Usage,
  'invalid-option': ExitCode.Usage,
  'unknown-option': ExitCode.Usage,
  'invalid-protocol': ExitCode.Usage,
  'invalid-header': ExitCode.Usage,
  'name-resolution': ExitCode.NameNotFound,
  'connection-refused': ExitCode.NotReached,
  'tcp-failed': ExitCode.NotReached,
  'dial-failed': ExitCode.NotReached,
  'proxy-failed': ExitCode.NotReached,
  'tls-failed': ExitCode.Tls,
  'http-status': ExitCode.HttpStatus,
  'redirect-refused': ExitCode.HttpStatus,
  'http-malformed': ExitCode.Handshake,
  'http-too-large': ExitCode.Handshake,
  'handshake-upgrade': ExitCode.Handshake,
  'handshake-connection': ExitCode.Handshake,
  'handshake-accept': ExitCode.Handshake,
  'handshake-protocol': ExitCode.Handshake,
  'handshake-extension': ExitCode.Handshake,
  'url-timeout': ExitCode.Timeout,
  'connect-timeout': ExitCode.Timeout,
  'close-timeout': ExitCode.Timeout,
  'heartbeat-timeout': ExitCode.Timeout,
  'connection-lost': ExitCode.LineLost,
  'reader-too-slow': ExitCode.Unexpected,
  'listener-threw': ExitCode.Unexpected,
  'listen-failed': ExitCode.NotListening,
  'file-source': ExitCode.FileUnread,
  'file-timeout': ExitCode.Timeout,
  aborted: ExitCode.Closed,
  'client-closed': ExitCode.Closed,
};

/** What an error of the library comes to. */
export function exitCodeOfError(code: HoldfastErrorCode): ExitCode {
  if (code.startsWith('file-')) return byError[code] ?? ExitCode.FileRefused;
  return byError[code] ?? ExitCode.RuleBroken;
}

/** How a connection ended, as the library tells it. */
export interface Ending {
  readonly code: number;
  readonly error?: { readonly code: HoldfastErrorCode } | undefined;
}

/** What the end of a connection comes to; `isOurs`: it was closed from here. */
export function exitCodeOfEnding({ code, error }: Ending, isOurs: boolean): ExitCode {
  if (error) return exitCodeOfError(error.code);
  // RFC 6455 7.4.1: 1000 is a purpose fulfilled, 1005 is a close frame without a code.
  return isOurs || code === 1000 || code === 1005 ? ExitCode.Closed : ExitCode.ClosedWithCode;
}
