import type { Check } from './check.ts';
import { closingChecks } from './closing.ts';
import { compressionChecks } from './compression.ts';
import { endChecks } from './ends.ts';
import { fragmentChecks } from './fragments.ts';
import { handshakeChecks } from './handshake.ts';
import { messageChecks } from './messages.ts';
import { pingChecks } from './pings.ts';

/** Everything that is so with every peer. The last of them kills it. */
export const checks: readonly Check[] = [
  ...messageChecks,
  ...compressionChecks,
  ...fragmentChecks,
  ...pingChecks,
  ...handshakeChecks,
  ...closingChecks,
  ...endChecks,
];
