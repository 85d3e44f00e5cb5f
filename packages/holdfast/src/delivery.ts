// The types of both platforms are the same; the conditions of package.json pick the code.
export * from './node-delivery.ts';
