import { portableKernels, Protocol } from '@holdfast/core';
import { nodeKernels } from '../../../packages/node/src/kernels/node-kernels.ts';
import { createPooledMemory } from '../../../packages/node/src/kernels/pooled-memory.ts';
import { wireKernels } from '../../../packages/node/src/kernels/wire-kernels.ts';

/** Something that is done in a way of ours where there is a plain one. */
export interface Trick {
  readonly name: string;
  /** Where it stands. */
  readonly file: string;
  /** Both do the same, so often; what they answer is awaited and counted in. */
  readonly ours: () => void | Promise<void>;
  readonly plain: () => void | Promise<void>;
  readonly times: number;
}

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
/** What takes little is done so often before anybody looks at the clock. */
const batch = 200;
const resolved = Promise.resolve();
const nothing = () => {};

/** All that are worth a line. */
export const tricks: readonly Trick[] = [
  ...[64, 1024, 16 * 1024].map(maskTrick),
  readTrick(64, 500),
  readTrick(16 * 1024, 4),
  ...[64, 1024].map(sendTextTrick),
  {
    name: 'do something at the end of the turn',
    file: 'node/src/socket-link.ts',
    times: batch,
    ours() {
      for (let count = 1; count < batch; count++) void resolved.then(nothing);
      return resolved.then(nothing);
    },
    plain() {
      for (let count = 1; count < batch; count++) queueMicrotask(nothing);
      return resolved.then(nothing);
    },
  },
];

function maskTrick(size: number): Trick {
  const memory = createPooledMemory();
  if (!memory) throw new Error('this platform has no WebAssembly');
  memory.next();
  const { chunk } = memory;
  const payload = new Uint8Array(size).fill(7);
  const target = new Uint8Array(size + 8);
  const view = target.subarray(6, 6 + size);
  return {
    name: `copy and mask ${size} B`,
    file: 'node/src/kernels/pooled-memory.ts',
    times: batch,
    ours() {
      for (let count = 0; count < batch; count++) {
        chunk.bytes.set(payload, 6);
        chunk.mask(6, 6 + size, key, 0);
      }
    },
    plain() {
      for (let count = 0; count < batch; count++) {
        target.set(payload, 6);
        portableKernels.mask(view, key, 0);
      }
    },
  };
}

function readTrick(size: number, times: number): Trick {
  const chunk = Buffer.alloc((size + 2) * times, 'kelp ');
  const read = (kernels: typeof nodeKernels) => () => {
    for (let at = 0; at < times; at++) kernels.readUtf8(chunk, at * (size + 2) + 2, (at + 1) * (size + 2));
  };
  return {
    name: `read a text of ${size} B, one of ${times} in a chunk`,
    file: 'node/src/kernels/text-reader.ts',
    times,
    ours: read(nodeKernels),
    plain: read(portableKernels),
  };
}

function sendTextTrick(size: number): Trick {
  const times = 100;
  const text = 'kelp '.repeat(size).slice(0, size);
  const ours = new Protocol({ role: 'client', createMaskingKey: () => key, ...wireKernels() });
  const plain = new Protocol({ role: 'client', createMaskingKey: () => key });
  const send = (protocol: Protocol) => () => {
    for (let sent = 0; sent < times; sent++) protocol.send(text);
    for (const piece of protocol.takeOutput()) protocol.releaseOutput(piece);
  };
  return {
    name: `encode, mask and frame a text of ${size} B`,
    file: 'node/src/kernels/',
    times,
    ours: send(ours),
    plain: send(plain),
  };
}
