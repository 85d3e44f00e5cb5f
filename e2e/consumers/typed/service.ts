// The types as a stranger's compiler reads them, from every name that the packages export.
import { type Frame, FrameDecoder, Opcode } from '@holdfast/core';
import { connect as connectOnNode } from '@holdfast/node';
import { connect as connectInPage } from '@holdfast/web';
import {
  type Client,
  type ClientEvent,
  type ConnectOptions,
  connect,
  type HoldfastError,
  type Message,
  toStreams,
} from 'holdfast';
import { binary, type Codec, type CodecOf, json, type StandardSchema } from 'holdfast/codec';
import { createTestKit, type MemoryConnection, type TestKit } from 'holdfast/testing';

// One client type, whichever package made it.
export const makers: ((url: string) => Client)[] = [connect, connectInPage, connectOnNode];

const options: ConnectOptions = {
  protocols: ['chat'],
  reconnect: { minDelayMs: 100, maxDelayMs: 1000, shouldReconnect: ({ code }) => code !== 4000 },
  outbox: { maxMessages: 10, whenFull: 'drop-oldest' },
};

export async function talk(url: string): Promise<number> {
  const client: Client = connect(url, options);
  const off: () => void = client.on('disconnected', ({ code, reason, wasClean, willReconnect, error }) => {
    const told: [number, string, boolean, boolean, HoldfastError | undefined] = [
      code,
      reason,
      wasClean,
      willReconnect,
      error,
    ];
    void told;
  });
  const opened = await client.once('open');
  const protocol: string = opened.protocol;
  const answer: 'sent' | 'queued' = client.send(new Uint8Array([1]));
  client.send('text');
  for await (const message of client) {
    const data: Message = message;
    if (typeof data === 'string' ? data === protocol : data.byteLength === 0) break;
  }
  off();
  const { code } = await client.close(4000, answer);
  return code;
}

export function describe(event: ClientEvent): string {
  if (event.type === 'message') return typeof event.data === 'string' ? event.data : `${event.data.length} bytes`;
  if (event.type === 'closed') return `${event.code} ${event.reason}`;
  return event.type;
}

export function firstOpcode(frames: readonly Frame[]): boolean {
  return frames[0]?.opcode === Opcode.Text && new FrameDecoder({ role: 'client', maxFrameBytes: 10 }).push.length === 1;
}

// What a probe sends says nothing about what else may be sent.
const heartbeat = { probe: { message: 'ping', isReply: (message: Message) => message === 'pong' } };
const probing: Client = connect('ws://127.0.0.1', { heartbeat });
connect('ws://127.0.0.1', { heartbeat: { probe: { message: 'ping', isReply: () => true } } }).send('not a ping');
probing.send('not a ping');

const client = connect('ws://127.0.0.1');
// Web Streams have a name, also where a project has no DOM.
export const { readable, writable } = toStreams(client);
// @ts-expect-error: a number is no message
client.send(1);
// @ts-expect-error: there is no such event
client.on('opne', () => {});
// @ts-expect-error: the message event has no code
client.on('message', ({ code }) => code);
// @ts-expect-error: an option with a typo
connect('ws://127.0.0.1', { reconect: false });

// Messages with types, over any library and any schema.
declare const schema: StandardSchema<{ n?: number }, { n: number }>;
export const typed: CodecOf<typeof schema> = json(schema);
export const packed: Codec<{ n: number }, { n?: number }> = binary(
  { encode: () => new Uint8Array(), decode: Number },
  schema,
);
connect('ws://127.0.0.1', { codec: typed.flip() }).on('message', ({ data }) => data.n.toFixed());
// @ts-expect-error: that is no such message
connect('ws://127.0.0.1', { codec: typed }).send('n');

// The test kit's `connect` goes where the real one goes, with its generics.
const kit: TestKit = createTestKit({ platform: 'web', random: () => 0.5 });
export const standIn: typeof connect = kit.connect;
kit.server.onConnection = (connection: MemoryConnection) => connection.slow({ bytesPerSecond: 1000 }, 'server');
kit.server.mode = ({ url, headers }) => (url === headers?.['x-url'] ? 'accept' : { status: 401, retryAfterSeconds: 1 });
kit.connect('ws://127.0.0.1', { node: { headers: { 'X-Url': '' } } }).wake();
// @ts-expect-error: there is no such platform
createTestKit({ platform: 'moon' });
// @ts-expect-error: an option with a typo
kit.connect('ws://127.0.0.1', { reconect: false });
// @ts-expect-error: a side with a typo
kit.server.latest.halfOpen('sever');
