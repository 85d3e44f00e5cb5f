export {
  deliver,
  delivery,
  type DeliveryOptions,
  type DeliveryStore,
  type SavedSession,
  type StoreChanges,
} from '@holdfast/core/delivery';
