import { createTestKit as createKit, type TestKit as CoreTestKit, type TestKitOptions } from '@holdfast/core/testing';
import type { NodeOptions } from '@holdfast/node';
import type { ConnectOptions, WebOptions } from './options.ts';

export {
  type DialAnswer,
  FakeClock,
  MemoryConnection,
  type MemoryDial,
  MemoryServer,
  type Pace,
  type Refusal,
  type Side,
  type TestKitOptions,
} from '@holdfast/core/testing';

type PlatformParts = Pick<ConnectOptions, 'node' | 'web'>;

/** A `connect` for the code under test, the server that it reaches, and the clock that both go by. */
export type TestKit = CoreTestKit<PlatformParts>;

/** All names that Node alone knows; the compiler finds one that is missing. */
const nodePresets: { readonly [K in keyof NodeOptions]-?: unknown } = {
  headers: undefined,
  origin: undefined,
  tls: undefined,
  proxy: undefined,
  socketPath: undefined,
  followRedirects: undefined,
  limits: undefined,
  compression: undefined,
};

/** The same of browsers. */
const webPresets: { readonly [K in keyof WebOptions]-?: unknown } = {
  diagnose: '',
  timers: { after() {} },
  transport: undefined,
};

/**
 * A test kit whose `connect` stands in for that of `holdfast`: it takes the same options. Nothing of it touches the
 * network or a global, and time stands until the test moves it.
 */
export function createTestKit(options: TestKitOptions = {}): TestKit {
  const isWeb = options.platform === 'web';
  return createKit<PlatformParts>(options, {
    // As the real ones: each leaves the other's part alone.
    presets: { node: isWeb ? undefined : nodePresets, web: isWeb ? webPresets : undefined },
    traitsOf: ({ node, web }) => (isWeb ? { isDiagnosed: Boolean(web?.diagnose) } : { headers: node?.headers }),
  });
}
