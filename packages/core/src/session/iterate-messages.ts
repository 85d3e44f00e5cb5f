import type { MessageEvent } from '../events/client-event.ts';

/** Where messages come from. */
export interface MessageSource<In> {
  readonly state: { readonly name: string };
  on(type: 'message', listener: (event: MessageEvent<In>) => void): () => void;
  on(type: 'closed', listener: () => void): () => void;
}

/** The messages of a client from this call on, in order, until it is closed. */
export function iterateMessages<In>({ on, state }: MessageSource<In>): AsyncGenerator<In, undefined> {
  const waiting: In[] = [];
  let wake: (() => void) | undefined;
  let isEnded = state.name === 'closed';
  const offs = [
    on('message', ({ data }) => {
      waiting.push(data);
      wake?.();
    }),
    on('closed', () => {
      isEnded = true;
      wake?.();
    }),
  ];
  return (async function* () {
    try {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift() as In;
        if (isEnded) return undefined;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      for (const off of offs) off();
    }
  })();
}
