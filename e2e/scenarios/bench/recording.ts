import type { Client, ClientEvent } from 'holdfast';

type EventType = ClientEvent['type'];
type EventOf<T extends EventType> = Extract<ClientEvent, { type: T }>;

const eventTypes: Record<EventType, true> = {
  connecting: true,
  open: true,
  message: true,
  latency: true,
  drain: true,
  disconnected: true,
  waiting: true,
  dropped: true,
  error: true,
  closed: true,
};

/** All that a client has told since the recording began, in order, and a way to wait for more. */
export class Recording {
  readonly client: Client;
  readonly events: ClientEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(client: Client) {
    this.client = client;
    for (const type of Object.keys(eventTypes) as EventType[]) {
      client.on(type, (event: ClientEvent) => {
        this.events.push(event);
        for (const look of this.#waiting) look();
      });
    }
  }

  /** The events of one type, the oldest first. */
  of<T extends EventType>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The nth event of a type, told already or still to come; rejects when the client ends without it. */
  reach<T extends EventType>(type: T, nth = 1): Promise<EventOf<T>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const event = this.of(type)[nth - 1];
        if (!event && this.of('closed').length === 0) return;
        this.#waiting.delete(look);
        if (event) resolve(event);
        else reject(new Error(`the client closed before the "${type}" number ${nth}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The data of the first n messages, as they arrive. */
  async messages(n: number): Promise<unknown[]> {
    await this.reach('message', n);
    return this.of('message').map((event) => event.data);
  }

  /** The types of the events in order, less those whose number depends on the line's speed. */
  story(): string {
    return this.events
      .map((event) => event.type)
      .filter((type) => type !== 'latency' && type !== 'drain')
      .join(' ');
  }

  /** The events as lines for a person who looks for a fault. */
  describe(): string {
    return [
      `client in state ${this.client.state.name}:`,
      ...this.events.map((event) => `  ${describeEvent(event)}`),
    ].join('\n');
  }
}

function describeEvent(event: ClientEvent): string {
  const text = JSON.stringify(event, (_key, value) => {
    if (value instanceof Error) return `${value.name} ${String((value as { code?: unknown }).code)}: ${value.message}`;
    if (value instanceof Uint8Array) return `${value.length} bytes`;
    return value;
  });
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}
