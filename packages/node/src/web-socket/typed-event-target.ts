import type { PlatformEventTarget } from './platform-types.ts';

type Listen = Parameters<PlatformEventTarget['addEventListener']>;
type Unlisten = Parameters<PlatformEventTarget['removeEventListener']>;

/** An EventTarget whose listeners get the event of their type. */
interface TypedEventTarget<Events> extends PlatformEventTarget {
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (this: this, event: Events[Type]) => unknown,
    options?: Listen[2],
  ): void;
  addEventListener(...given: Listen): void;
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (this: this, event: Events[Type]) => unknown,
    options?: Unlisten[2],
  ): void;
  removeEventListener(...given: Unlisten): void;
}

/** The runtime's EventTarget, to be extended with a map of events. */
export const TypedEventTarget = EventTarget as new <Events>() => TypedEventTarget<Events>;
