import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DeflateCodec } from '../../../packages/node/src/deflate/deflate-codec.ts';
import { type CompressionOptions, resolveCompression } from '../../../packages/node/src/deflate/options.ts';
import { jsonMessages } from './messages.ts';

const connections = 500;

const kinds: readonly (CompressionOptions & { readonly name: string })[] = [
  { name: 'the defaults' },
  { name: '`memLevel: 5`', memLevel: 5 },
  { name: 'windows of 12 bits', serverMaxWindowBits: 12, clientMaxWindowBits: 12 },
  { name: 'windows of 12 bits, `memLevel: 5`', serverMaxWindowBits: 12, clientMaxWindowBits: 12, memLevel: 5 },
  { name: 'windows of 9 bits, `memLevel: 1`', serverMaxWindowBits: 9, clientMaxWindowBits: 9, memLevel: 1 },
  { name: 'our window not kept', clientContextTakeover: false },
  { name: 'no window kept', clientContextTakeover: false, serverContextTakeover: false },
];

/**
 * Tells what a connection holds for compression once it has sent and read messages, for a client by each of some options:
 * by how much a process of its own grows with each of many.
 */
export function tellMemory(tell: (line: string) => void): void {
  tell('\n| a connection that compresses by | holds |');
  tell('| --- | --: |');
  for (const [at, { name }] of kinds.entries()) {
    const script = fileURLToPath(new URL('memory-of.ts', import.meta.url));
    const bytes = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', script, `${at}`], {
      encoding: 'utf8',
    });
    tell(`| ${name} | ${Math.round(Number(bytes) / 1024)} KiB |`);
  }
}

/** What each connection of one kind holds in this process, in bytes. */
export function heldByEach(kind: number): number {
  const { name: _, ...options } = kinds[kind]!;
  return heldBytes(options);
}

function heldBytes(options: CompressionOptions): number {
  const messages = jsonMessages(50, 10);
  // What all share is there from the first on.
  const held = [converse(options, messages)];
  const before = usedBytes();
  for (let count = 0; count < connections; count++) held.push(converse(options, messages));
  const each = (usedBytes() - before) / connections;
  for (const codec of held) codec.close();
  return each;
}

/** A connection's codec that has sent these messages, and read what its peer sent. */
function converse(options: CompressionOptions, messages: readonly Buffer[]): DeflateCodec {
  const { clientContextTakeover = true, serverContextTakeover = true, ...rest } = options;
  const { serverMaxWindowBits = 15, clientMaxWindowBits = 15 } = rest;
  const [resolved] = resolveCompression({ ...rest, thresholdBytes: 0 }, true);
  const agreement = {
    text: '',
    client: { windowBits: clientMaxWindowBits, keepsContext: clientContextTakeover },
    server: { windowBits: serverMaxWindowBits, keepsContext: serverContextTakeover },
    options: resolved!,
  };
  const [ours, peers] = [new DeflateCodec('client', agreement), new DeflateCodec('server', agreement)];
  for (const message of messages) {
    ours.encode(message);
    ours.decode(peers.encode(message) ?? Buffer.of(0), true, 2 ** 20);
  }
  peers.close();
  return ours;
}

/** What this process has of the machine's memory: zlib's own is outside of all that JavaScript counts. */
function usedBytes(): number {
  gc?.();
  return process.memoryUsage.rss();
}
