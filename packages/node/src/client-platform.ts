import {
  type Platform,
  ReadPauses,
  sendDefaults as commonSendDefaults,
  type SendOptions,
} from '@holdfast/core/adapter';
import { platformClock } from './platform-clock.ts';
import { sendDefaults as linkSendDefaults } from './socket-link.ts';

const sendDefaults: SendOptions = { ...commonSendDefaults, ...linkSendDefaults };

/** What Node brings to a client of this process. A class, as an object with functions of its own would be memory for each client. */
export class ClientPlatform implements Platform {
  readonly canRefresh: boolean;
  /** Whether the client's reader is behind. */
  readonly pauses: ReadPauses = new ReadPauses();

  /** `canRefresh`: a dial asks the app for its headers. */
  constructor(canRefresh: boolean) {
    this.canRefresh = canRefresh;
  }

  get now(): Platform['now'] {
    return platformClock.now;
  }

  get after(): Platform['after'] {
    return platformClock.after;
  }

  get random(): Platform['random'] {
    return Math.random;
  }

  get canPing(): boolean {
    return true;
  }

  get sendDefaults(): SendOptions {
    return sendDefaults;
  }

  isPaused(): boolean {
    return this.pauses.isPaused;
  }
}
