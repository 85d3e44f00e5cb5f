import { createStores } from './session-database.ts';

/** Some browsers leave a request to open without an answer when their storage is out of order. */
const limitMs = 10_000;

/** Opens a database of this name, or creates it. Rejects as IndexedDB does, and after 10 s without an answer. */
export function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) throw new Error('there is no IndexedDB');
    const request = indexedDB.open(name, 1);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error('IndexedDB gives no answer'));
    }, limitMs);
    request.onupgradeneeded = () => createStores(request.result);
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      if (isLate) request.result.close();
      else resolve(request.result);
    };
  });
}
