import { onBeforeUnmount, onMounted, type Ref, ref, shallowRef, watch } from 'vue';
import type { WireEntry } from './wire-entry.ts';
import type { EntrySource } from './wire-log.ts';

/** The entries of a source as a component draws them: at most once a frame of the screen, and not while it is paused. */
export interface ShownEntries {
  readonly entries: Ref<readonly WireEntry[]>;
  readonly isPaused: Ref<boolean>;
  /** How many came since it was paused. */
  readonly missed: Ref<number>;
}

/** Follows a source as long as the component lives. */
export function useEntries(source: () => EntrySource): ShownEntries {
  const entries = shallowRef<readonly WireEntry[]>([]);
  const isPaused = ref(false);
  const missed = ref(0);
  let request: number | undefined;
  let end: (() => void) | undefined;

  const draw = () => {
    request = undefined;
    const all = source().entries;
    const isCleared = all.length === 0;
    if (!isPaused.value || isCleared) entries.value = [...all];
    missed.value = (all.at(-1)?.number ?? 0) - (entries.value.at(-1)?.number ?? 0);
  };
  const drawSoon = () => {
    request ??= requestAnimationFrame(draw);
  };
  const follow = () => {
    end?.();
    end = source().onChange(drawSoon);
    draw();
  };

  onMounted(follow);
  watch(source, follow);
  watch(isPaused, drawSoon);
  onBeforeUnmount(() => {
    end?.();
    if (request !== undefined) cancelAnimationFrame(request);
  });
  return { entries, isPaused, missed };
}
