import type { Layer } from '../session/layer.ts';
import { ClientSession } from './client-session.ts';
import { deliveryConnector } from './delivery-link.ts';
import { type DeliveryOptions, resolveDeliveryOptions } from './options.ts';

/**
 * Delivery for a client: `connect(url, { delivery: delivery() })`. Each message arrives once and in order across any number
 * of broken lines, at a server that speaks `holdfast.delivery.v1`, as ours does with `serve({ delivery: true })`. What
 * can no longer be delivered, since the server has forgotten the session, is told as `dropped`. Throws on wrong options.
 */
export function delivery(options: DeliveryOptions = {}): Layer {
  const resolved = resolveDeliveryOptions(options);
  return {
    attach(parts) {
      const session = new ClientSession(parts, resolved);
      return { connector: deliveryConnector(session, parts.connector), outbox: session.wrap(parts.outbox) };
    },
  };
}
