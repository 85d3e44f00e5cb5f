import type { DeliveryStore } from '@holdfast/core/delivery';
import { indexedDbStore } from '@holdfast/web/delivery';

export { deliver, delivery } from '@holdfast/core/delivery';
export type {
  DeliveryOptions,
  DeliveryStore,
  SavedSession,
  StoreChanges,
  WindowLimits,
} from '@holdfast/core/delivery';

/** Keeps a session by this name when the page is gone: in an IndexedDB database, for one page at a time. */
export function deliveryStore(name: string): DeliveryStore {
  return indexedDbStore(name);
}
