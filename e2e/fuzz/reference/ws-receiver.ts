import * as ws from 'ws';
import { toLatin1 } from '../engine/hex.ts';
import { hold, holdSame, holdSameList } from '../engine/target.ts';
import type { WireInput } from '../targets/wire-input.ts';
import type { Judgement } from './reference-protocol.ts';
import { isKnownDifference } from './ws-differences.ts';

/** What the receiver of `ws` makes of a stream. */
export interface WsVerdict {
  readonly events: readonly string[];
  readonly closeCode: number | undefined;
}

/** The part of ws's Receiver that is used; its types leave it out. */
interface WsReceiver {
  on(type: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
  on(type: 'ping' | 'pong', listener: (data: Buffer) => void): this;
  on(type: 'conclude', listener: (code: number, reason: Buffer) => void): this;
  _write(chunk: Buffer, encoding: string, done: (error?: Error) => void): void;
}

interface WsModule {
  readonly Receiver: new (options: object) => WsReceiver;
}

/** Lets ws read the same stream, and throws a Breach where it comes to something else that is no known difference. */
export function checkAgainstWs(wire: WireInput, judgement: Judgement): void {
  const verdict = askWs(wire);
  if (isKnownDifference(wire, judgement, verdict)) return;
  holdSameList(
    judgement.events.map(({ event }) => event),
    verdict.events,
    'event, by the word of ws',
  );
  holdSame(judgement.fault?.closeCode, verdict.closeCode, 'close code, by the word of ws');
}

function askWs({ role, limits, stream }: WireInput): WsVerdict {
  const events: string[] = [];
  let closeCode: number | undefined;
  const options = {
    isServer: role === 'server',
    maxPayload: limits.maxMessageBytes,
    maxFragments: limits.maxFragments,
  };
  const receiver = new (ws as unknown as WsModule).Receiver(options)
    .on('message', (data, isBinary) => {
      events.push(isBinary ? `binary ${toLatin1(data)}` : `text ${data.toString('utf8')}`);
    })
    .on('ping', (data) => events.push(`ping ${toLatin1(data)}`))
    .on('pong', (data) => events.push(`pong ${toLatin1(data)}`))
    .on('conclude', (code, reason) => events.push(`close ${code} ${reason.toString('utf8')}`));
  // Not by `write`: a stream tells its error in a later turn. It unmasks in place, so it gets bytes of its own.
  // oxlint-disable-next-line no-underscore-dangle
  receiver._write(Buffer.from(stream), 'buffer', (error) => {
    const symbol = Object.getOwnPropertySymbols(error ?? {}).find(({ description }) => description === 'status-code');
    if (error) closeCode = (error as unknown as Record<symbol, number>)[symbol as symbol];
  });
  hold(closeCode === undefined || closeCode >= 1000, `ws told close code ${closeCode}`);
  return { events, closeCode };
}
