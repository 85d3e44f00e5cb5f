import { isObject } from './web-idl.ts';

interface Registered {
  value: object;
  readonly listener: (event: Event) => void;
}

/**
 * The event handler attributes of a target (HTML, event handlers): each is one more listener, whose place is where it was
 * first set; another value keeps the place, `null` gives it up. Of objects, only functions are called.
 */
export class EventHandlers {
  readonly #target: EventTarget;
  readonly #registered = new Map<string, Registered>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get(type: string): object | null {
    return this.#registered.get(type)?.value ?? null;
  }

  /** What is no object counts as `null` (Web IDL, [LegacyTreatNonObjectAsNull]). */
  set(type: string, value: unknown): void {
    const registered = this.#registered.get(type);
    if (!isObject(value)) this.#remove(type, registered);
    else if (registered) registered.value = value;
    else this.#add(type, value);
  }

  #add(type: string, value: object): void {
    const registered: Registered = {
      value,
      listener: (event) => callHandler(registered.value, event),
    };
    this.#registered.set(type, registered);
    this.#target.addEventListener(type, registered.listener);
  }

  #remove(type: string, registered: Registered | undefined): void {
    if (!registered) return;
    this.#registered.delete(type);
    this.#target.removeEventListener(type, registered.listener);
  }
}

function callHandler(handler: object, event: Event): void {
  if (typeof handler !== 'function') return;
  // HTML, the event handler processing algorithm, step 5.
  if (Reflect.apply(handler as () => unknown, event.currentTarget, [event]) === false) event.preventDefault();
}
