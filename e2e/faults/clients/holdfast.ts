import { type Client, connect } from 'holdfast';
import { probe } from '../message.ts';
import type { ClientEnd, ClientListener, StartClient } from './client-end.ts';
import { redial } from './redial.ts';

/** holdfast, with a probe where the platform cannot ping. */
export const startHoldfastClient: StartClient = (url, listener, { isWeb, intervalMs, timeoutMs }) => {
  const heartbeat = { intervalMs, timeoutMs };
  const question = { message: probe.message, isReply: (message: unknown) => message === probe.reply };
  const client = connect(url, {
    heartbeat: isWeb ? { ...heartbeat, probe: question } : heartbeat,
    reconnect: redial,
  });
  return listenToHoldfast(client, listener);
};

/** Tells what a client of ours tells. */
export function listenToHoldfast(client: Client, listener: ClientListener): ClientEnd {
  client.on('open', () => listener.onOpen());
  client.on('disconnected', ({ uncertain, error }) => listener.onEnd(uncertain.messages, error?.code));
  client.on('latency', () => listener.onAnswer());
  client.on('message', ({ data }) => listener.onMessage(String(data)));
  return client;
}
