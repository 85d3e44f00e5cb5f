import { WebSocket } from './web-socket.ts';

const socket = new WebSocket(new URL('ws://a.test/'), new Set(['a']), { headers: { A: 'b' }, closeTimeoutMs: 1 });

// Listeners know their events.
socket.addEventListener('close', ({ code, reason, wasClean }) => [code, reason.length, wasClean ? 1 : 0]);
socket.addEventListener('error', ({ error, message }) => [error, message?.length]);
socket.addEventListener('message', ({ data, origin }) => [data, origin.length], { once: true });
socket.onclose = ({ code }) => code.toFixed();
socket.onopen = null;

export const refused = [
  // @ts-expect-error there is no such option
  new WebSocket('ws://a.test/', [], { header: {} }),
  // @ts-expect-error what only a client has
  new WebSocket('ws://a.test/', [], { reconnect: false }),
];

// @ts-expect-error it is read only
socket.url = 'ws://b.test/';

// @ts-expect-error a constant
WebSocket.OPEN = 2;

// @ts-expect-error nothing else
socket.binaryType = 'nodebuffer';

// @ts-expect-error an object is no message
socket.send({});

// @ts-expect-error an `open` event tells nothing
socket.addEventListener('open', ({ code }) => code);
