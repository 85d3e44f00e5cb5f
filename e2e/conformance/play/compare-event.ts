import type { HeardEvent, Message } from '../row/row.ts';
import { showBytes, toBytes } from '../wire/payload.ts';
import type { BenchEvent, Nothing } from './bench.ts';
import { Mismatch } from './mismatch.ts';

/** Makes the comparison of what is heard with this event. Throws a Mismatch. */
export function eventCheck(expected: HeardEvent): (heard: BenchEvent | Nothing) => void {
  const wanted = toBenchEvent(expected);
  return (heard) => {
    if ('nothing' in heard) throw new Mismatch(showEvent(wanted), heard.nothing);
    if (!isSame(heard, wanted)) throw new Mismatch(showEvent(wanted), showEvent(heard));
  };
}

/** An event whose bytes may be any. */
type WantedEvent = BenchEvent | { readonly type: 'pong'; readonly bytes: undefined };

function toBenchEvent(event: HeardEvent): WantedEvent {
  switch (event.type) {
    case 'message':
      return { type: kindOf(event.message), bytes: messageBytes(event.message) };
    case 'ping':
      return { type: 'ping', bytes: toBytes(event.payload) };
    case 'pong':
      return { type: 'pong', bytes: event.payload === undefined ? undefined : toBytes(event.payload) };
    case 'close':
    case 'fault':
      return event;
  }
}

/** Whether a message is text or binary. */
function kindOf(message: Message): 'text' | 'binary' {
  return 'text' in message ? 'text' : 'binary';
}

/** The bytes that a message travels as. */
export function messageBytes(message: Message): Buffer {
  return toBytes('text' in message ? message.text : message.binary);
}

function isSame(heard: BenchEvent, wanted: WantedEvent): boolean {
  if (heard.type === 'close') {
    return wanted.type === 'close' && heard.code === wanted.code && heard.reason === wanted.reason;
  }
  if (heard.type === 'fault') return wanted.type === 'fault' && heard.error === wanted.error;
  return 'bytes' in wanted && heard.type === wanted.type && (!wanted.bytes || heard.bytes.equals(wanted.bytes));
}

/** An event in one line. */
export function showEvent(event: WantedEvent): string {
  if (event.type === 'close') return `our side to hear a close, ${event.code} "${event.reason}"`;
  if (event.type === 'fault') return `our side to hear the fault ${event.error}`;
  return `our side to hear a ${event.type}, ${event.bytes ? showBytes(event.bytes) : 'any bytes'}`;
}
