import type { ConnectOptions, Transport } from '@holdfast/web';
import { wireFormOf, writeRequest } from '../chat/wire-form.ts';
import { type BeatTimes, beatTimes } from './beat.ts';

/** Where the reader's clients dial: a server in this page, the demo server beside the site, or any URL. */
export type Place = 'page' | 'demo' | 'url';

/** What a client of the page is made of. */
export interface Dial {
  readonly url: string;
  readonly transport?: Transport | undefined;
  /** How its heart beats, if it does. */
  readonly beat?: BeatTimes | undefined;
  /** The option of that name; calls `onAsked` at each question that is a message. */
  readonly heartbeat?: ((onAsked: () => void) => NonNullable<ConnectOptions['heartbeat']>) | undefined;
}

/** A dial of the server in this page, whose line can ping. */
export function dialInPage(url: string, transport: Transport): Dial {
  return { url, transport, beat: beatTimes, heartbeat: () => beatTimes };
}

/** A dial over the browser's WebSocket, which cannot ping: the chat is asked with a message, others are not asked. */
export function dialOutside(url: string): Dial {
  if (!wireFormOf(url).isChat) return { url };
  return {
    url,
    beat: beatTimes,
    heartbeat: (onAsked) => ({ ...beatTimes, probe: { message: () => askAloud(onAsked), isReply } }),
  };
}

function askAloud(onAsked: () => void): string {
  onAsked();
  return writeRequest({ type: 'probe' });
}

function isReply(message: unknown): boolean {
  return message === '{"type":"probe-reply"}';
}
