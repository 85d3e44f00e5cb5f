// Delivery without loss or duplicates: an entry of its own, so that an app pays for it only if it imports it.
export { deliver } from './delivery/deliver.ts';
export { delivery } from './delivery/delivery.ts';
export {
  DeliveryEnd,
  type DeliveryEndOptions,
  type DeliveryHandler,
  type DeliveryLine,
} from './delivery/delivery-end.ts';
export { Journal } from './delivery/journal.ts';
export type { DeliveryOptions } from './delivery/options.ts';
export { checkWindow, deliveryDefaults } from './delivery/options.ts';
export {
  deliveryProtocol,
  formatGreeting,
  type Greeting,
  type Packet,
  parsePacket,
  type Position,
} from './delivery/packet.ts';
export type { Kept, WindowLimits } from './delivery/resend-window.ts';
export { SessionImage } from './delivery/session-image.ts';
export type { DeliveryStore, SavedSession, StoreChanges } from './delivery/store.ts';
export { appProtocol, faultCloseCode, offer } from './delivery/sub-protocol.ts';
