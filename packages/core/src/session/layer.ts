import type { ClientEvent, DropCause } from '../events/client-event.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Outgoing } from '../message.ts';
import type { Connector } from './link.ts';
import type { Outbox, SendOptions } from './outbox.ts';
import type { Platform } from './platform.ts';

/** What a client has its links from, and what keeps its messages while there is none. */
export interface LayerEnds<Out> {
  readonly connector: Connector;
  readonly outbox: Outbox<Out>;
}

/** What a layer is given of its client. */
export interface LayerParts<Out extends Outgoing> extends LayerEnds<Out> {
  readonly platform: Platform;
  /** Tells that a message is given up. */
  readonly giveUp: (message: Out, cause: DropCause, options: SendOptions) => void;
  readonly emit: Emitter<ClientEvent<never, Out>>[1];
  readonly guard: Emitter<ClientEvent<never, Out>>[2];
}

/** What stands between a client and its links, such as `delivery()`: it keeps messages from one link to the next. */
export interface Layer {
  /** The ends for one client, around its own. */
  attach<Out extends Outgoing>(parts: LayerParts<Out>): LayerEnds<Out>;
}
