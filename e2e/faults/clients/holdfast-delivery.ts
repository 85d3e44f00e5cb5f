import { connect } from 'holdfast';
import { delivery } from 'holdfast/delivery';
import type { StartClient } from './client-end.ts';
import { listenToHoldfast } from './holdfast.ts';
import { redial } from './redial.ts';

/** holdfast with delivery, whose sub-protocol has a question of its own where the platform cannot ping. */
export const startDeliveryClient: StartClient = (url, listener, { intervalMs, timeoutMs }) =>
  listenToHoldfast(
    connect(url, { delivery: delivery(), heartbeat: { intervalMs, timeoutMs }, reconnect: redial }),
    listener,
  );
