import type { HeartbeatOptions } from 'holdfast';
import type { Platform } from './scenario.ts';

/** A reconnect that does not let a test wait. */
export const quickly = { minDelayMs: 10, maxDelayMs: 50 } as const;

/** The text that asks a test server whether it is there, and what it says. */
export const probe = { message: 'are you there?', reply: 'I am here' } as const;

/** A heartbeat that does not let a test wait, by pings. */
export const pinging = { intervalMs: 50, timeoutMs: 750 } as const satisfies HeartbeatOptions;

/** The same by probes, which every platform can do. */
export const probing: HeartbeatOptions & typeof pinging = {
  ...pinging,
  probe: { message: probe.message, isReply: (message) => message === probe.reply },
};

/** The heartbeat that an app would choose on this platform: a page cannot ping. */
export function heartbeatOn({ kind }: Platform): typeof pinging | typeof probing {
  return kind === 'node' ? pinging : probing;
}
