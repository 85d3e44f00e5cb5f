import type { ClientEvent } from '@holdfast/web';

/** One event of a client, as a person reads it. */
export interface LogEntry {
  readonly number: number;
  /** Local time of day, to the millisecond. */
  readonly time: string;
  readonly type: ClientEvent['type'];
  readonly detail: string;
  /** The client's state when the event was told. */
  readonly state: string;
}

/** Every type of event there is: the compiler finds one that is missing. */
export const eventTypes = Object.keys({
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
} satisfies Record<ClientEvent['type'], true>) as ClientEvent['type'][];

/** What an event carries, in a few words. */
export function describeEvent(event: ClientEvent): string {
  switch (event.type) {
    case 'connecting':
      return `attempt ${event.attempt}, ${event.url}`;
    case 'open':
      return `attempt ${event.attempt}${event.protocol && `, protocol ${event.protocol}`}`;
    case 'message':
      return typeof event.data === 'string' ? shorten(event.data) : `${event.data.length} bytes`;
    case 'latency':
      return `${event.rttMs.toFixed(1)} ms`;
    case 'drain':
      return 'room for more';
    case 'disconnected':
      return (
        describeEnd(event) + (event.willReconnect ? ', will reconnect' : ', stays away') + describeUncertain(event)
      );
    case 'waiting':
      return `attempt ${event.attempt} in ${Math.round(event.delayMs)} ms`;
    case 'dropped':
      return `${event.cause}: ${typeof event.message === 'string' ? shorten(event.message) : 'binary'}`;
    case 'error':
      return event.error.message;
    case 'closed':
      return describeEnd(event);
  }
}

/** `12:30:05.042`. */
export function timeOfDay(date: Date): string {
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => pad(n, 2));
  return `${hours}:${minutes}:${seconds}.${pad(date.getMilliseconds(), 3)}`;
}

type End = Extract<ClientEvent, { type: 'closed' }>;
type Disconnected = Extract<ClientEvent, { type: 'disconnected' }>;

function describeEnd({ code, reason, error }: Pick<End, 'code' | 'reason' | 'error'>): string {
  return `${code}${reason && ` ${JSON.stringify(reason)}`}${error ? `, ${error.code}` : ''}`;
}

function describeUncertain({ uncertain: { messages } }: Disconnected): string {
  return messages === 0 ? '' : `, ${messages} ${messages === 1 ? 'message' : 'messages'} uncertain`;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
