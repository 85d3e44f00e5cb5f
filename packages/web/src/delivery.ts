// Delivery without loss or duplicates, and a store for it in the browser's IndexedDB.
export { deliver, delivery } from '@holdfast/core/delivery';
export type {
  DeliveryOptions,
  DeliveryStore,
  SavedSession,
  StoreChanges,
  WindowLimits,
} from '@holdfast/core/delivery';
export { indexedDbStore } from './delivery/indexed-db-store.ts';
