import type { CommonOptions, Message, Outgoing } from '@holdfast/core/adapter';
import type { NodeOptions } from '@holdfast/node';
import type { WebOptions } from '@holdfast/web';

export type { WebOptions };

/**
 * The options of a client on any platform. What only one platform has stands under its name, so that the same object is
 * right on both; the other platform leaves that part alone.
 */
export interface ConnectOptions<In = Message, Out = Outgoing> extends CommonOptions<In, Out> {
  readonly node?: NodeOptions;
  readonly web?: WebOptions;
}
