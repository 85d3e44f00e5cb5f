/** How many messages may wait for their reader before the source is paused. */
const maxWaiting = 16;

/**
 * The messages of a source from this call on, in order. `listen` listens for messages and for the end, until its answer
 * is called; `pause` stops the reading of messages while the reader is behind, where the platform can.
 */
export function iterateMessages<In>(
  listen: (onMessage: (data: In) => void, onEnd: () => void) => () => void,
  pause: (isPaused: boolean) => void,
): AsyncGenerator<In, undefined> {
  const waiting: In[] = [];
  let isEnded = false;
  let wake: (() => void) | undefined;
  const off = listen(
    (data) => {
      if (waiting.push(data) === maxWaiting) pause(true);
      wake?.();
    },
    () => {
      isEnded = true;
      wake?.();
    },
  );
  return (async function* () {
    try {
      for (;;) {
        while (waiting.length > 0) {
          if (waiting.length === maxWaiting) pause(false);
          yield waiting.shift() as In;
        }
        if (isEnded) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      off();
      if (waiting.length >= maxWaiting) pause(false);
    }
  })();
}
