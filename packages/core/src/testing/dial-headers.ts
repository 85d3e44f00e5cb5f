import { abnormal, lost } from '../close-code.ts';
import { HoldfastError } from '../errors.ts';
import type { LinkHandler } from '../session/link.ts';
import type { MaybeAsync } from '../session/options.ts';

/** Headers by name. */
export type Headers = Readonly<Record<string, string>>;

/** Begins a dial, once its headers are known; where the app fails to give them, so does the dial. The answer gives it up. */
export function dialWithHeaders(
  headers: MaybeAsync<Headers> | undefined,
  handler: LinkHandler,
  dial: (headers: Headers | undefined) => () => void,
): () => void {
  if (typeof headers !== 'function') return dial(headers);
  let drop = () => {};
  let isOver = false;
  const begin = async () => {
    try {
      const given = await Promise.resolve().then(headers);
      if (!isOver) drop = dial(given);
    } catch (cause) {
      handler.onEnd(cause instanceof HoldfastError ? abnormal(cause) : lost('dial-failed', 'headers', cause));
    }
  };
  void begin();
  return () => {
    isOver = true;
    drop();
  };
}
