import type { Message, Outgoing } from '../message.ts';
import type { Connector } from '../session/link.ts';
import { type CommonOptions, type MaybeAsync, resolveOptions } from '../session/options.ts';
import { createClient, type SessionClient, type UrlSource } from '../session/session-client.ts';
import type { Platform } from '../session/platform.ts';
import { dialWithHeaders, type Headers } from './dial-headers.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryServer } from './memory-server.ts';
import { inPage, limitMessages } from './platform-handler.ts';

/** What the code under test runs on. What is given of a Platform stands in place of the kit's own. */
export interface TestKitOptions extends Partial<Platform> {
  /** Where the code under test runs: `web` has no pings, and is not told why a dial failed. Default `node`. */
  readonly platform?: 'node' | 'web';
  /** What relative URLs go by. Default: `http://localhost/` for `web`, and none for `node`. */
  readonly baseUrl?: string;
}

/** A `connect` for the code under test, the server that it reaches, and the clock that both go by. */
export interface TestKit<More extends object = object> {
  /** As the real one, but that every URL reaches the server in memory. */
  readonly connect: <In = Message, Out = Outgoing>(
    url: UrlSource,
    options?: CommonOptions<In, Out> & More,
  ) => SessionClient<In, Out>;
  readonly server: MemoryServer;
  readonly clock: FakeClock;
}

/** What a package knows besides the common options: their presets, and what they mean for a dial. */
export interface PlatformExtras<More extends object> {
  readonly presets: { readonly [K in keyof More]-?: unknown };
  readonly traitsOf: (options: More) => DialTraits;
}

/** What options mean for a dial. */
export interface DialTraits {
  /** The headers of its request, or what is asked for them. */
  readonly headers?: MaybeAsync<Headers> | undefined;
  /** Whether a page finds out with which status a dial was refused. */
  readonly isDiagnosed?: boolean;
}

/**
 * A test kit. Nothing of it touches the network or a global, and time stands until the test moves it. Delays that have
 * a random part are the shortest, unless `random` says otherwise.
 */
export function createTestKit<More extends object = object>(
  { platform = 'node', baseUrl = platform === 'web' ? 'http://localhost/' : undefined, ...own }: TestKitOptions = {},
  extras?: PlatformExtras<More>,
): TestKit<More> {
  const isWeb = platform === 'web';
  const clock = new FakeClock();
  const traits: Platform = { now: clock.now, after: clock.after, random: () => 0, canPing: !isWeb, ...own };
  const server = new MemoryServer(traits);
  return {
    server,
    clock,
    connect(url, options) {
      const resolved = resolveOptions(options ?? {}, extras?.presets);
      const { headers, isDiagnosed = false } = extras?.traitsOf({ ...options } as More) ?? {};
      const connector: Connector = (to, protocols, handler) => {
        const limited = limitMessages(handler, resolved.maxMessageBytes);
        const told = isWeb ? inPage(limited, isDiagnosed) : limited;
        return dialWithHeaders(headers, told, (known) =>
          server.dialed({ url: to, protocols, ...(known && { headers: known }) }, told),
        );
      };
      const canRefresh = typeof headers === 'function';
      return createClient(url, resolved, connector, { canRefresh, ...traits }, baseUrl);
    },
  };
}
