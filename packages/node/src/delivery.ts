// Delivery without loss or duplicates, and a store for it in a file.
export { deliver, delivery } from '@holdfast/core/delivery';
export type {
  DeliveryOptions,
  DeliveryStore,
  SavedSession,
  StoreChanges,
  WindowLimits,
} from '@holdfast/core/delivery';
export { fileStore } from './delivery/file-store.ts';
export type { Durability, FileStoreOptions } from './delivery/options.ts';
