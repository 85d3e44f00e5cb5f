import type { DeliveryStore } from '@holdfast/core/delivery';
import { fileStore } from '@holdfast/node/delivery';

export { deliver, delivery } from '@holdfast/core/delivery';
export type {
  DeliveryOptions,
  DeliveryStore,
  SavedSession,
  StoreChanges,
  WindowLimits,
} from '@holdfast/core/delivery';

/** Keeps a session by this name when the process is gone: in a file at that path, for one process at a time. */
export function deliveryStore(name: string): DeliveryStore {
  return fileStore(name);
}
