/** How many listeners a target got and still has since the counting began. */
export interface ListenerCount {
  count(): number;
  /** Ends the counting. */
  release(): void;
}

/** Counts what is added to and removed from a target that has these methods from its prototype. */
export function countListeners(target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>): ListenerCount {
  const { addEventListener, removeEventListener } = target;
  const types = new Map<unknown, Set<string>>();
  const counting: typeof target = {
    addEventListener(type, listener, options) {
      types.set(listener, new Set(types.get(listener)).add(type));
      if (typeof options === 'object')
        options.signal?.addEventListener('abort', () => types.get(listener)?.delete(type));
      addEventListener.call(target, type, listener, options);
    },
    removeEventListener(type, listener, options) {
      types.get(listener)?.delete(type);
      removeEventListener.call(target, type, listener, options);
    },
  };
  Object.assign(target, counting);
  return {
    count: () => [...types.values()].reduce((sum, { size }) => sum + size, 0),
    release: () => {
      for (const name of Object.keys(counting)) Reflect.deleteProperty(target, name);
    },
  };
}
