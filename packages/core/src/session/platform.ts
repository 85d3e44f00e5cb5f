import type { Clock } from '../clock.ts';
import type { SendOptions } from './outbox.ts';

/** What a platform brings to all of its clients. */
export interface Platform extends Clock {
  /** A number in [0, 1), for the spread of delays. */
  readonly random: () => number;
  /** Whether its links can ping. */
  readonly canPing?: boolean;
  /** Whether a dial asks the app for more than a URL and sub-protocols, so that a refused one may fare better. */
  readonly canRefresh?: boolean;
  /** Whether a dial would be in vain: none is begun by itself until `wake`. */
  readonly isOffline?: () => boolean;
  /** Whether messages are left unread on purpose, so that silence says nothing. */
  readonly isPaused?: () => boolean;
  /** What may be said of a message, by name and preset, where that is more than `SendOptions`. */
  readonly sendDefaults?: SendOptions;
}
