/** What a client does in one round. */
export interface Workload {
  readonly kind: 'send' | 'receive' | 'round-trip';
  /** How long each message is, in bytes. */
  readonly size: number;
  readonly isText: boolean;
  readonly count: number;
}

/** What one round took. */
export interface Round {
  readonly ms: number;
  /** The time of processors that the client's process used, in ms. */
  readonly cpuMs: number;
  /** Each round trip, in µs, where there were some. */
  readonly tripsUs: readonly number[];
}

const sizes = [16, 64, 1024, 16 * 1024, 1024 * 1024];

/** So much goes by in a round, as far as messages of this size get in half a second or so. */
function countOf(size: number): number {
  return Math.max(100, Math.min(200_000, Math.round((128 * 2 ** 20) / (size + 512))));
}

/** All that is measured of one line, the cheapest first. */
export const workloads: readonly Workload[] = [
  ...(['send', 'receive'] as const).flatMap((kind) =>
    [false, true].flatMap((isText) => sizes.map((size) => ({ kind, size, isText, count: countOf(size) }))),
  ),
  ...[64, 1024].map((size) => ({ kind: 'round-trip' as const, size, isText: false, count: 5000 })),
];

/** A workload in a few words. */
export function nameOf({ kind, size, isText }: Workload): string {
  return `${kind} ${showBytes(size)} ${isText ? 'text' : 'binary'}`;
}

/** The message of a workload: text in ASCII, or bytes that are none. */
export function messageOf({ size, isText }: Workload): string | Uint8Array {
  return isText ? 'kelp '.repeat(Math.ceil(size / 5)).slice(0, size) : new Uint8Array(size).fill(0xe7);
}

function showBytes(bytes: number): string {
  if (bytes >= 2 ** 20) return `${bytes / 2 ** 20} MiB`;
  return bytes >= 1024 ? `${bytes / 1024} KiB` : `${bytes} B`;
}
