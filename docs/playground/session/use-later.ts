import { type Component, computed, defineAsyncComponent, defineComponent, h, onMounted, type Ref, ref } from 'vue';

/** The parts of a page that come to life after the rest. */
export interface LaterParts {
  /** A part whose code is fetched, and whose rendered HTML comes to life, when the page has nothing else to do. */
  later<T extends Component>(load: () => Promise<{ default: T }>): T;
  /** Whether all of them are there. */
  readonly areAlive: Readonly<Ref<boolean>>;
}

/** Parts for one page. */
export function useLater(): LaterParts {
  const missing = ref(0);
  return {
    later: (load) => {
      missing.value++;
      const onAlive = () => missing.value--;
      const loader = async () => announced((await load()).default, onAlive);
      // What it takes and tells is what the component does: all of it is passed on.
      return defineAsyncComponent({ loader, hydrate: whenIdle }) as unknown as Awaited<
        ReturnType<typeof load>
      >['default'];
    },
    areAlive: computed(() => missing.value === 0),
  };
}

/** The component, that says when it is mounted. */
function announced(component: Component, onAlive: () => void): Component {
  return defineComponent({
    inheritAttrs: false,
    setup(_props, { attrs }) {
      onMounted(onAlive);
      return () => h(component, attrs);
    },
  });
}

/** Also in Safari, which does not tell when it is idle. */
function whenIdle(hydrate: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(hydrate, 100);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(hydrate, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
