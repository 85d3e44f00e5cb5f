export * from '@holdfast/core/codec';
