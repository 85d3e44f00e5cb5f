import type { Socket } from 'node:net';
import { FrameCounter } from './frame-counter.ts';
import { clientFrameBytes } from './frames.ts';
import type { Loop } from './loop.ts';
import type { Workload } from './workload.ts';

/** Gets what a client sends. */
export type Handler = (chunk: Buffer) => void;

/** What tells a client that all it sent has come. */
const done = Buffer.from([0x82, 0]);
/** A close frame of 1000. */
const goodbye = Buffer.from([0x88, 2, 0x03, 0xe8]);

/** What a peer does on one connection; `count` says how many messages a round has. */
export function handlerOf(workload: Workload, socket: Socket, loop: Loop, count: () => number): Handler {
  switch (workload.kind) {
    case 'send':
      return tellsWhenAllCame(socket, workload.isFeed ? compressedMessages() : messages(workload.size), count);
    case 'receive':
      return floods(socket, loop, count);
    case 'echo':
      return echoes(socket, loop, messages(workload.size));
    case 'converse':
      return floodsOnce(socket, loop, count());
    case 'open':
      // Who closes TCP first has to remember it: on this side that takes no port from the next connections.
      return () => void socket.end(goodbye);
  }
}

/** Answers how many messages a chunk ends. */
type Count = (chunk: Buffer) => number;

/** Counts messages of one length by their bytes. */
export function messages(size: number): Count {
  const frameBytes = clientFrameBytes(size);
  let bytes = 0;
  return ({ length }) => {
    bytes += length;
    const whole = Math.floor(bytes / frameBytes);
    bytes -= whole * frameBytes;
    return whole;
  };
}

function compressedMessages(): Count {
  const counter = new FrameCounter();
  return (chunk) => counter.push(chunk);
}

function tellsWhenAllCame(socket: Socket, countIn: Count, count: () => number): Handler {
  let came = 0;
  return (chunk) => {
    came += countIn(chunk);
    if (came < count()) return;
    came -= count();
    socket.write(done);
  };
}

function floods(socket: Socket, loop: Loop, count: () => number): Handler {
  let isFlooding = false;
  return () => {
    // What asks may come in pieces.
    if (isFlooding) return;
    isFlooding = true;
    flood(socket, loop, count(), () => (isFlooding = false));
  };
}

function floodsOnce(socket: Socket, loop: Loop, count: number): Handler {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    flood(socket, loop, count, () => {});
  };
}

function flood(socket: Socket, loop: Loop, left: number, onEnd: () => void): void {
  if (left <= 0) return onEnd();
  const now = Math.min(left, loop.ends.length);
  socket.write(loop.bytes.subarray(0, loop.ends[now - 1]), () => flood(socket, loop, left - now, onEnd));
  return undefined;
}

/** Answers each message with one of the same length. */
export function echoes(socket: Socket, loop: Loop, countIn: Count): Handler {
  return (chunk) => {
    for (let left = countIn(chunk); left > 0; left -= loop.ends.length) {
      socket.write(loop.bytes.subarray(0, loop.ends[Math.min(left, loop.ends.length) - 1]));
    }
  };
}
