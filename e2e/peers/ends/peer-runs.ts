import type { Peer, RunningPeer } from '../peer.ts';

/** A peer's program, which is started when it is first wanted, and again after it was killed. */
export class PeerRuns {
  readonly #peer: Peer;
  readonly #compression: boolean;
  #running: Promise<RunningPeer> | undefined;
  readonly #started: RunningPeer[] = [];

  constructor(peer: Peer, compression: boolean) {
    this.#peer = peer;
    this.#compression = compression;
  }

  start(): Promise<RunningPeer> {
    this.#running ??= this.#startAnother();
    return this.#running;
  }

  async kill(): Promise<void> {
    const running = await this.start();
    this.#running = undefined;
    await running.kill();
  }

  /** Stops what was killed too: it may have left something beside it. */
  async stop(): Promise<void> {
    await Promise.all(this.#started.map((running) => running.stop()));
  }

  async #startAnother(): Promise<RunningPeer> {
    const running = await this.#peer.start(this.#compression);
    this.#started.push(running);
    return running;
  }
}
