import type { Clock, HoldfastError } from '@holdfast/core';
import { formatRefusal, refusal, refusalOf } from '../../../packages/node/src/handshake/refusal.ts';
import { type RequestHead, RequestHeadParser } from '../../../packages/node/src/handshake/request-head.ts';
import {
  checkRequest,
  formatAcceptance,
  type Handshake,
  pathOf,
} from '../../../packages/node/src/handshake/server-handshake.ts';
import { encodeHead, headLimits } from './head-limits.ts';
import type { DialRefusal } from './line-faults.ts';
import { pageAcceptKey } from './page-accept-key.ts';
import { PageConnection } from './page-connection.ts';
import type { LineEnd } from './page-line.ts';
import type { PageRoom } from './rooms.ts';

/** By what a line is accepted, and who is told. */
export interface Acceptance {
  readonly clock: Clock;
  readonly rooms: ReadonlyMap<string, PageRoom>;
  /** What requests are answered with, instead. */
  readonly refusal: () => Exclude<DialRefusal, 'refuse'> | undefined;
  onOpen(connection: PageConnection): void;
  /** The line has ended, with the connection that it became. */
  onEnd(connection: PageConnection | undefined): void;
}

/** Answers the handshake on the server's end of a line, by that of @holdfast/node, and takes the client into its room. */
export function acceptLine(end: LineEnd, acceptance: Acceptance): void {
  const parser = new RequestHeadParser(headLimits);
  const onEnded = () => acceptance.onEnd(undefined);
  end.handler = {
    onData(bytes) {
      try {
        const result = parser.push(bytes);
        if (result) open(end, result.head, result.rest, acceptance);
      } catch (error) {
        refuse(end, refusalOf(error), onEnded);
      }
    },
    onFinish: () => end.finish(),
    onBroken: onEnded,
  };
}

function open(end: LineEnd, head: RequestHead, rest: Uint8Array, acceptance: Acceptance): void {
  const { room, handshake } = checkHandshake(head, acceptance);
  end.write(encodeHead(formatAcceptance(handshake, pageAcceptKey)), 'handshake');
  const connection = new PageConnection(end, handshake.protocol, room.maxMessageBytes, acceptance.clock, () =>
    acceptance.onEnd(connection),
  );
  acceptance.onOpen(connection);
  room.join(connection);
  connection.receive(rest);
}

/** Throws `handshake-refused`. */
function checkHandshake(
  head: RequestHead,
  { rooms, refusal: refusalNow }: Acceptance,
): {
  readonly room: PageRoom;
  readonly handshake: Handshake;
} {
  const told = refusalNow();
  if (told) {
    const seconds = told.retryAfterSeconds;
    throw refusal(
      told.status,
      'the page was told to refuse',
      seconds === undefined ? {} : { 'Retry-After': `${seconds}` },
    );
  }
  const path = pathOf(head.target);
  const room = rooms.get(path);
  if (!room) throw refusal(404, `no ${path} here; there are ${[...rooms.keys()].join(', ')}`);
  const policy = { path: undefined, origin: '*', protocols: room.protocols ?? [] };
  return { room, handshake: checkRequest(head, 'this page', policy) };
}

function refuse(end: LineEnd, error: HoldfastError, onEnded: () => void): void {
  end.handler = { onData() {}, onFinish: () => end.finish(), onBroken: onEnded };
  end.write(encodeHead(formatRefusal(error)), 'handshake');
  end.finish();
}
