import { deliveryProtocol } from './packet.ts';

/**
 * The sub-protocols to offer for those of an app: ours, or each of the app's behind ours and a `+`, so that the two ends
 * agree on both by one name.
 */
export function offer(protocols: readonly string[]): readonly string[] {
  return protocols.length > 0 ? protocols.map((name) => `${deliveryProtocol}+${name}`) : [deliveryProtocol];
}

/** The app's part of an agreed sub-protocol: ours where the app has none; `undefined` where it is not one of ours. */
export function appProtocol(agreed: string): string | undefined {
  if (agreed === deliveryProtocol) return agreed;
  return agreed.startsWith(`${deliveryProtocol}+`) ? agreed.slice(deliveryProtocol.length + 1) : undefined;
}

/** An end closes with this where the other breaks the sub-protocol; a page may send no code of the standard but 1000. */
export const faultCloseCode = 4002;
