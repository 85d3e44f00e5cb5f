/** What a client and a server of ours do together, with delivery or without. */
export interface DeliveryWork {
  /** The client sends; receives once it has asked; or waits for each message until it has arrived. */
  readonly kind: 'send' | 'receive' | 'trip';
  /** How long each message is, in bytes. */
  readonly size: number;
  readonly isText: boolean;
  /** How long it is quiet before each trip, in ms. */
  readonly restMs?: number;
  /** Where the session of the client is kept: in this file. Default: in memory. */
  readonly file?: string;
}

/** What each process of the stage is started with. */
export interface DeliveryRole extends DeliveryWork {
  readonly hasDelivery: boolean;
}
