/** Makes the page believe that the network is gone, or back: what `navigator.onLine` says, and the event. */
export function pretendOffline(isOffline: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !isOffline });
  window.dispatchEvent(new Event(isOffline ? 'offline' : 'online'));
  // From here on the browser has the word again.
  if (!isOffline) Reflect.deleteProperty(navigator, 'onLine');
}
