import { assert } from 'chai';
import type { Bench } from './row.ts';

/** The next event of this type. */
export function next<Type extends keyof WebSocketEventMap>(
  socket: WebSocket,
  type: Type,
): Promise<WebSocketEventMap[Type]> {
  return new Promise((resolve) => {
    socket.addEventListener(type, resolve, { once: true });
  });
}

/** A later turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** A socket that is open to this path of the server. */
export async function open(bench: Bench, path: string, protocols?: string | string[]): Promise<WebSocket> {
  const socket = new bench.WebSocket(bench.server + path, protocols);
  await next(socket, 'open');
  return socket;
}

/** Makes a socket, looks at it while it is CONNECTING, and lets go of it again. */
export function glance<Result>(bench: Bench, path: string, look: (socket: WebSocket) => Result): Promise<Result> {
  return glanceAt(new bench.WebSocket(bench.server + path), look);
}

/** The same of a socket that was just made. */
export async function glanceAt<Result>(socket: WebSocket, look: (socket: WebSocket) => Result): Promise<Result> {
  const settled = Promise.race([next(socket, 'open'), next(socket, 'error')]);
  try {
    return look(socket);
  } finally {
    // Browsers hold new connections back while others are pending, or after one that was given up.
    await settled;
    if (socket.readyState === 1) await end(socket);
  }
}

/** Closes, and answers how that ended. */
export function end(socket: WebSocket, ...given: [code?: number, reason?: string]): Promise<CloseEvent> {
  const closed = next(socket, 'close');
  socket.close(...given);
  return closed;
}

/** One line for each event, with the state in which it came. */
export function keepDiary(socket: WebSocket): string[] {
  const diary: string[] = [];
  socket.addEventListener('open', () => diary.push(`open ${socket.readyState}`));
  socket.addEventListener('message', ({ data }) => diary.push(`message ${data} ${socket.readyState}`));
  socket.addEventListener('error', () => diary.push(`error ${socket.readyState}`));
  socket.addEventListener('close', ({ code, wasClean }) => {
    diary.push(`close ${code} ${wasClean ? 'clean' : 'not clean'} ${socket.readyState}`);
  });
  return diary;
}

/** Throws unless the act throws a DOMException of this name. */
export function throwsDom(name: string, act: () => unknown): void {
  const error = thrownBy(act);
  assert.instanceOf(error, DOMException);
  assert.equal(error.name, name);
}

/** Throws unless the act throws a TypeError. */
export function throwsType(act: () => unknown): void {
  assert.instanceOf(thrownBy(act), TypeError);
}

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

/** What the echo of one message is. */
export async function echoOf(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = next(socket, 'message');
  socket.send(message as string);
  return (await answer).data;
}
