/** How far a file has come. */
export interface FileProgress {
  /** What the receiver has, in bytes. */
  readonly sentBytes: number;
  readonly size: number;
}

/** A file that has arrived. */
export interface SentFile {
  readonly id: string;
  /** What the receiver calls it. */
  readonly name: string;
  readonly size: number;
  /** In hexadecimal digits. */
  readonly checksum: string;
  /** How often it went on after a line had broken. */
  readonly resumed: number;
}
