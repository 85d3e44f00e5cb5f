import type { ProtocolOptions } from '@holdfast/core';
import { type HoldfastError, Protocol, type ProtocolEvent } from '@holdfast/core';
import { messageBytes } from '../play/compare-event.ts';
import type { AppAct, Message, Role, Row } from '../row/row.ts';
import { toBytes } from '../wire/payload.ts';
import { agreedCodec } from './agreed-codec.ts';

/** What a bench uses of a Protocol, so that a test can put a broken one in its place. */
export type ProtocolSide = Pick<
  Protocol,
  'receive' | 'send' | 'sendFragments' | 'ping' | 'pong' | 'close' | 'takeOutput' | 'transport' | 'outcome'
>;

/** Makes the Protocol that a bench plays with. */
export type MakeProtocol = (options: ProtocolOptions) => ProtocolSide;

/** The Protocol as it was built. */
export const makeProtocol: MakeProtocol = (options) => new Protocol(options);

/** The options of a Protocol in this role. */
export function protocolOptions(row: Row, role: Role, createMaskingKey = countingKeys()): ProtocolOptions {
  const { closeTimeoutMs: _, ...limits } = row.limits ?? {};
  const wire = { ...limits, codec: agreedCodec(row, role) };
  return role === 'client' ? { ...wire, role, createMaskingKey } : { ...wire, role };
}

/** Keys that differ and are the same in each run, so that the bytes of two runs can be compared. */
function countingKeys(): () => Uint8Array {
  let count = 0;
  return () => {
    count += 1;
    return Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count).map((byte) => byte ^ 0x5c);
  };
}

/** What carries out what a Protocol answers. */
export interface ProtocolHandler {
  onWrite(chunk: Uint8Array): void;
  onEvent(event: ProtocolEvent): void;
}

/** An app that echoes, on a Protocol that is carried out as its documentation asks. */
export class EchoSide {
  readonly protocol: ProtocolSide;
  /** While set, the output stays where it is. */
  holdsOutput = false;
  readonly #handler: ProtocolHandler;

  constructor(protocol: ProtocolSide, handler: ProtocolHandler) {
    this.protocol = protocol;
    this.#handler = handler;
  }

  receive(piece: Uint8Array): void {
    const events = this.protocol.receive(piece);
    if (this.protocol.transport === 'keep') this.flush();
    for (const event of events) {
      this.#handler.onEvent(event);
      if (event.type === 'message') this.protocol.send(event.data);
    }
    this.flush();
  }

  act(act: AppAct): void {
    switch (act.kind) {
      case 'send':
        for (let count = 0; count < (act.times ?? 1); count++) this.protocol.send(outgoing(act.message));
        break;
      case 'fragments':
        this.protocol.sendFragments(act.opcode, act.pieces.map(toBytes));
        break;
      case 'ping':
        this.protocol.ping(Buffer.from('are you there?'));
        break;
      case 'pong':
        this.protocol.pong(toBytes(act.payload));
        break;
      case 'close':
        this.protocol.close(act.code, act.reason);
        break;
      case 'pinged':
        break;
    }
    this.flush();
  }

  flush(): void {
    if (this.holdsOutput) return;
    for (const chunk of this.protocol.takeOutput()) this.#handler.onWrite(chunk);
  }

  /** How the connection ended, once the transport has. */
  outcome(error?: HoldfastError): { code: number; reason: string; wasClean: boolean; error: string } {
    const { code, reason, wasClean, error: cause } = this.protocol.outcome(error);
    return { code, reason, wasClean, error: cause?.code ?? '' };
  }
}

/** A message as an app sends it. */
export function outgoing(message: Message): string | Uint8Array {
  return 'text' in message ? messageBytes(message).toString() : messageBytes(message);
}
