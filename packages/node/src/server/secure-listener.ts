import type { Socket } from 'node:net';
import { createServer, type Server, type TlsOptions } from 'node:tls';
import { platformClock } from '../platform-clock.ts';

/** How long TLS may take, and for how many sockets at once. */
export interface SecureLimits {
  readonly handshakeTimeoutMs: number;
  readonly maxPendingHandshakes: number;
}

/** A listener for TLS, and what drops the sockets whose TLS is under way. */
export interface SecureListener {
  readonly listener: Server;
  readonly dropPending: () => void;
}

/**
 * Listens for TLS, and gives each socket once TLS is done, with what is left of its time. One whose TLS fails or lasts too
 * long is dropped: Node would tell of it and leave it open, and count its time anew from each byte. Throws on wrong options.
 */
export function createSecureListener(
  options: TlsOptions,
  limits: SecureLimits,
  onSocket: (socket: Socket, leftMs: number) => void,
): SecureListener {
  const pending = new PendingTls(limits);
  // Below 2^31, and never before our own limit.
  const handshakeTimeout = 2 ** 31 - 1;
  const listener = createServer({ ALPNProtocols: ['http/1.1'], noDelay: true, ...options, handshakeTimeout });
  listener.on('connection', (raw: Socket) => pending.enter(raw));
  listener.on('tlsClientError', (_, socket) => socket.destroy());
  listener.on('secureConnection', (socket) => {
    const leftMs = pending.leave(nameOf(socket));
    if (leftMs === undefined) socket.destroy();
    else onSocket(socket, leftMs);
  });
  return { listener, dropPending: () => pending.drop() };
}

interface Entry {
  readonly raw: Socket;
  readonly endsAtMs: number;
  readonly cancel: () => void;
}

/** The sockets whose TLS is under way, by their addresses: a socket of TLS shares nothing else with the one below it. */
class PendingTls {
  readonly #limits: SecureLimits;
  readonly #entries = new Map<string, Entry>();

  constructor(limits: SecureLimits) {
    this.#limits = limits;
  }

  enter(raw: Socket): void {
    const { handshakeTimeoutMs, maxPendingHandshakes } = this.#limits;
    // One that has left already has no address.
    if (!raw.remoteAddress || this.#entries.size >= maxPendingHandshakes) return void raw.destroy();
    const name = nameOf(raw);
    const cancel = platformClock.after(handshakeTimeoutMs, () => raw.destroy());
    const entry = { raw, cancel, endsAtMs: platformClock.now() + handshakeTimeoutMs };
    this.#entries.set(name, entry);
    raw.once('close', () => {
      if (this.#entries.get(name) === entry) this.leave(name);
    });
  }

  /** Answers what is left of its time, in ms; `undefined` for one that is not here. */
  leave(name: string): number | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    entry.cancel();
    this.#entries.delete(name);
    return Math.max(0, entry.endsAtMs - platformClock.now());
  }

  drop(): void {
    for (const { raw } of this.#entries.values()) raw.destroy();
  }
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
