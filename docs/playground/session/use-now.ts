import { onUnmounted, type Ref, ref, watch } from 'vue';

const tickMs = 50;

/** `performance.now()`, brought up to date while `isRunning` says so and the component is there. */
export function useNow(isRunning: () => boolean): Readonly<Ref<number>> {
  const nowMs = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    nowMs.value = performance.now();
  };
  const run = (isOn: boolean) => {
    clearInterval(timer);
    // Rendered on the server there is nothing to count.
    if (typeof document === 'undefined') return;
    tick();
    if (isOn) timer = setInterval(tick, tickMs);
  };
  watch(isRunning, run, { immediate: true });
  onUnmounted(() => clearInterval(timer));
  return nowMs;
}
