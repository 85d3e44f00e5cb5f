import type { ClosedEvent, HoldfastErrorCode, Message } from '@holdfast/node';
import { connect, type ConnectOptions } from '@holdfast/node';
import { closeCodeOf, type Outcome, type Role, type WireLimits } from './feed.ts';
import { acceptOn, startHostileServer } from './hostile-server.ts';
import { startVictimServer } from './victim-server.ts';
import type { Line } from './line.ts';
import { within } from './limit.ts';
import { first, type RawFrame, rawFrame, rawFrames } from './raw-frame.ts';

/** The extension by which messages are compressed. */
export const deflate = 'permessage-deflate';

/** Attacks our client or our server over TCP with frames, where this extension was agreed on, and then closes as is proper. */
export function strike(
  victim: Role,
  limits: WireLimits,
  frames: readonly RawFrame[],
  extension?: typeof deflate,
): Promise<Outcome> {
  const lines = extension ? [`Sec-WebSocket-Extensions: ${extension}`] : [];
  return victim === 'client' ? strikeClient(limits, frames, lines) : strikeServer(limits, frames, lines);
}

/** A client that gives up after its first connection, and what it heard until its end. */
export async function runClient(url: string, options: ConnectOptions = {}): Promise<ClientRun> {
  const client = connect(url, { reconnect: false, heartbeat: false, ...options });
  const messages: Message[] = [];
  client.on('message', ({ data }) => messages.push(data));
  const closed = await within(client.once('closed'), 'the end of the client');
  return { messages, closed, error: closed.error?.code };
}

/** What a client heard. */
export interface ClientRun {
  readonly messages: readonly Message[];
  readonly closed: ClosedEvent;
  readonly error: HoldfastErrorCode | undefined;
}

async function strikeClient(
  limits: WireLimits,
  frames: readonly RawFrame[],
  lines: readonly string[],
): Promise<Outcome> {
  const { maxMessageBytes, ...wire } = limits;
  const server = await startHostileServer(async (line) => {
    await acceptOn(line, lines);
    await attackAndClose(line, rawFrames(frames, false), rawFrame(normalClose, false));
  });
  const options = { ...(maxMessageBytes !== undefined && { maxMessageBytes }), limits: wire };
  const { messages, error } = await runClient(`ws://127.0.0.1:${server.port}/`, options);
  return { messages, error, closeCode: closeCodeOf(server.lines[0]?.frames ?? []) };
}

async function strikeServer(
  limits: WireLimits,
  frames: readonly RawFrame[],
  lines: readonly string[],
): Promise<Outcome> {
  const { maxMessageBytes, ...wire } = limits;
  const options = { ...(maxMessageBytes !== undefined && { maxMessageBytes }), limits: wire };
  const victim = await startVictimServer({ ...options, compression: lines.length > 0 });
  const line = await victim.dial(...lines);
  await attackAndClose(line, rawFrames(frames, true), rawFrame(normalClose, true));
  const { messages, error } = await victim.ended();
  return { messages, error, closeCode: closeCodeOf(line.frames) };
}

const normalClose: RawFrame = { first: first.close, payload: Uint8Array.of(0x03, 0xe8) };

async function attackAndClose(line: Line, attack: Uint8Array, close: Uint8Array): Promise<void> {
  line.send(attack, close);
  await line.until(() => line.hasEnded || closeCodeOf(line.frames) !== undefined, 'the close frame of the victim');
  line.socket.end();
}
