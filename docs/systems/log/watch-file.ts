import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Some file systems do not tell of changes: so often is looked in any case. */
const lookIntervalMs = 1000;

/** Tells of changes of a file, also when it is renamed or comes into being: it watches the folder, which has to exist. */
export function watchFile(path: string, signal: AbortSignal): { next(): Promise<void>; close(): void } {
  let wake = () => {};
  const onChange = () => wake();
  const watcher = watch(dirname(path), (_event, name) => {
    if (name === null || name === basename(path)) wake();
  });
  // Then the timer is what is left.
  watcher.on('error', () => undefined);
  const timer = setInterval(onChange, lookIntervalMs);
  signal.addEventListener('abort', onChange);
  return {
    /** Resolves at the next change after this call, and when it is aborted. */
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
        if (signal.aborted) resolve();
      }),
    close() {
      clearInterval(timer);
      watcher.close();
      signal.removeEventListener('abort', onChange);
    },
  };
}
