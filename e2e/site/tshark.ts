import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { installDebianPackages } from '../browser/apt.ts';
import { findInPath } from '../browser/executable.ts';
import { listenOnFreePort, closeListener } from '../servers/listen.ts';

/** Why nothing can be recorded and dissected here; `undefined` where it can. Root has tshark installed where it is missing. */
export function whyNoTshark(): string | undefined {
  const isHere = () => ['tshark', 'dumpcap'].every((command) => findInPath([command]));
  if (!isHere() && !(installDebianPackages('tshark') && isHere())) {
    return 'tshark is not here: the Debian package tshark has it';
  }
  // It lists what it may record.
  const { stdout } = spawnSync('dumpcap', ['-D'], { encoding: 'utf8' });
  return /\blo\b/.test(stdout) ? undefined : 'dumpcap may not record on the loopback: root may';
}

/** One connection as the recording has it. */
export interface RecordedStream {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** The layer of a frame as tshark tells it: of each field its value, and `…_raw` with its place in the packet. */
export type DissectedLayer = Readonly<Record<string, unknown>>;

/** A frame of WebSocket as tshark sees it. */
export interface DissectedFrame {
  readonly stream: number;
  readonly from: 'client' | 'server';
  readonly layer: DissectedLayer;
}

/** Records what passes on this port of the loopback while `act` runs, into a file. Needs the right to capture. */
export async function record(file: string, port: number, act: () => Promise<void>): Promise<void> {
  // Two ports: what passes on the second shows that the recording has begun, and that all before it is in.
  const marker = createServer((socket) => socket.end());
  const markerPort = await listenOnFreePort(marker);
  const filter = `tcp port ${port} or tcp port ${markerPort}`;
  const capture = spawn('dumpcap', ['-i', 'lo', '-f', filter, '-w', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    await recorded(file, markerPort, 1, capture.stderr);
    await act();
    await recorded(file, markerPort, 2, capture.stderr);
  } finally {
    const ended = once(capture, 'exit');
    capture.kill('SIGINT');
    await ended;
    await closeListener(marker);
  }
}

const limitMs = 30_000;

/** Knocks at the marker's port until the recording has it, so many times at least. */
async function recorded(file: string, port: number, times: number, log: NodeJS.ReadableStream): Promise<void> {
  let said = '';
  log.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  for (const endMs = Date.now() + limitMs; Date.now() < endMs; ) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await once(socket.resume(), 'close');
    const knocks = await tshark(file, ['-Y', `tcp.dstport == ${port} && tcp.flags.syn == 1`]).catch(() => '');
    if (knocks.split('\n').filter(Boolean).length >= times) return;
  }
  throw new Error(`dumpcap has recorded nothing of port ${port} in ${limitMs} ms: ${said}`);
}

/** The bytes of both directions of a connection to this port, the oldest being 0 among those to it. */
export async function readStreams(file: string, port: number): Promise<RecordedStream[]> {
  const streams = await streamNumbers(file, port);
  return Promise.all(
    streams.map(async (stream) => {
      const text = await tshark(file, ['-q', '-z', `follow,tcp,raw,${stream}`]);
      const lines = text.split('\n').filter((line) => /^\t?[\da-f]+$/.test(line));
      const join = (isServer: boolean) =>
        Buffer.from(
          lines
            .filter((line) => line.startsWith('\t') === isServer)
            .map((line) => line.trim())
            .join(''),
          'hex',
        );
      return { client: new Uint8Array(join(false)), server: new Uint8Array(join(true)) };
    }),
  );
}

async function streamNumbers(file: string, port: number): Promise<number[]> {
  const syn = `tcp.dstport == ${port} && tcp.flags.syn == 1 && tcp.flags.ack == 0`;
  const text = await tshark(file, ['-Y', syn, '-T', 'fields', '-e', 'tcp.stream']);
  return [...new Set(text.split('\n').filter(Boolean).map(Number))].sort((a, b) => a - b);
}

/** All frames to and from this port as tshark dissects them, in the order of the packets. */
export async function dissectFrames(file: string, port: number): Promise<DissectedFrame[]> {
  const streams = await streamNumbers(file, port);
  const decodeAs = ['-d', `tcp.port==${port},http`];
  const json = await tshark(file, [
    ...decodeAs,
    '-Y',
    'websocket',
    '-T',
    'json',
    '-x',
    '--no-duplicate-keys',
    '-J',
    'tcp websocket',
  ]);
  return (JSON.parse(json) as { _source: { layers: Record<string, unknown> } }[]).flatMap(({ _source: { layers } }) => {
    const tcp = layers.tcp as Record<string, string>;
    const stream = streams.indexOf(Number(tcp['tcp.stream']));
    const from = Number(tcp['tcp.dstport']) === port ? ('client' as const) : ('server' as const);
    return [layers.websocket].flat().map((layer) => ({ stream, from, layer: layer as DissectedLayer }));
  });
}

/** The keys of the handshakes, and what answered them, as tshark reads them. */
export async function dissectKeys(file: string, port: number): Promise<{ key: string; accept: string }[]> {
  const fields = ['-e', 'http.sec_websocket_key', '-e', 'http.sec_websocket_accept'];
  const text = await tshark(file, ['-d', `tcp.port==${port},http`, '-Y', 'http', '-T', 'fields', ...fields]);
  const values = text.split('\n').flatMap((line) => line.split('\t').filter(Boolean));
  return Array.from({ length: values.length / 2 }, (_, at) => ({
    key: values[2 * at] ?? '',
    accept: values[2 * at + 1] ?? '',
  }));
}

async function tshark(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('tshark', ['-r', file, ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
