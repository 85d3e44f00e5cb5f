import { HoldfastError } from '../errors.ts';
import { type Message, type Outgoing, viewBytes } from '../message.ts';

/** The sub-protocol: what each WebSocket message is, says docs/protocols/delivery.md. */
export const deliveryProtocol = 'holdfast.delivery.v1';

/** Where one end stands in a session. Numbers begin at 1 in each direction. */
export interface Position {
  /** The number of the last message that it has received; 0 before the first. */
  readonly received: number;
  /** The number of the first message that it still keeps, or would be the next to send. */
  readonly first: number;
}

/** What either end says first. In a `hello` without a session the client asks for a new one. */
export interface Greeting extends Position {
  readonly session?: string | undefined;
}

/** What one message of the sub-protocol says. */
export type Packet =
  | ({ readonly type: 'hello' | 'welcome' } & Greeting)
  | { readonly type: 'data'; readonly number: number; readonly message: Message }
  /** All up to this number have arrived. */
  | { readonly type: 'ack'; readonly number: number }
  | { readonly type: 'ping' | 'pong' | 'bye' };

/** Packets of bytes stand behind each other in pieces of so many: memory of its own costs a short one more than all else. */
const pieceBytes = 8_192;
let piece = new Uint8Array(0);
let pieceUsed = 0;

const colon = 0x3a;
const zero = 0x30;

/** The packet that carries a message under a number: text as text, bytes as a copy of them. */
export function formatData(number: number, message: Outgoing): string | Uint8Array {
  const header = `${number}:`;
  if (typeof message === 'string') return header + message;
  const packet = takeMemory(header.length + message.byteLength);
  for (let at = 0; at < header.length; at++) packet[at] = header.charCodeAt(at);
  packet.set(viewBytes(message), header.length);
  return packet;
}

function takeMemory(length: number): Uint8Array {
  if (length > pieceBytes) return new Uint8Array(length);
  if (pieceUsed + length > piece.length) {
    piece = new Uint8Array(pieceBytes);
    pieceUsed = 0;
  }
  return piece.subarray(pieceUsed, (pieceUsed += length));
}

/** The message that a packet of `formatData` carries; bytes are shared with it, and their memory with other packets. */
export function messageOf(packet: string | Uint8Array): Message {
  return typeof packet === 'string'
    ? packet.slice(packet.indexOf(':') + 1)
    : packet.subarray(packet.indexOf(colon) + 1);
}

/** The packet that acknowledges all up to a number. */
export function formatAck(number: number): string {
  return `ack ${number}`;
}

/** The packet that begins what one end says. */
export function formatGreeting(type: 'hello' | 'welcome', { session, received, first }: Greeting): string {
  return `${type} ${JSON.stringify({ session, received, first })}`;
}

/** Reads a message of the sub-protocol. Throws `packet-malformed`. */
export function parsePacket(data: Message): Packet {
  if (typeof data !== 'string') return parseBytes(data);
  return isDigit(data.charCodeAt(0)) ? parseText(data) : parseControl(data);
}

function parseText(data: string): Packet {
  let number = 0;
  let at = 0;
  for (let code = data.charCodeAt(at); code !== colon; code = data.charCodeAt(++at)) number = addDigit(number, code);
  return { type: 'data', number: checkNumber(number, at), message: data.slice(at + 1) };
}

function parseBytes(data: Uint8Array): Packet {
  let number = 0;
  let at = 0;
  // Past the end the code is NaN, which is no digit.
  for (let code = data[at]; code !== colon; code = data[++at]) number = addDigit(number, code ?? Number.NaN);
  return { type: 'data', number: checkNumber(number, at), message: data.subarray(at + 1) };
}

function parseControl(data: string): Packet {
  if (data === 'ping' || data === 'pong' || data === 'bye') return { type: data };
  const [, type, rest = ''] = /^(ack|hello|welcome) (.{1,512})$/.exec(data) ?? [];
  if (type === 'ack') {
    let number = 0;
    for (let at = 0; at < rest.length; at++) number = addDigit(number, rest.charCodeAt(at));
    return { type, number: rest === '0' ? 0 : checkNumber(number, rest.length) };
  }
  if (type === 'hello' || type === 'welcome') return { type, ...parseGreeting(rest) };
  return malformed(data);
}

function parseGreeting(json: string): Greeting {
  const { session, received, first } = (parseJson(json) ?? {}) as { [name in keyof Greeting]: unknown };
  const isSession = session === undefined || (typeof session === 'string' && /^[\w-]{1,128}$/.test(session));
  const isPosition = Number.isSafeInteger(received) && Number.isSafeInteger(first);
  if (!isSession || !isPosition || (received as number) < 0 || (first as number) < 1) return malformed(json);
  return { session, received: received as number, first: first as number };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isDigit(code: number): boolean {
  return code >= zero && code <= zero + 9;
}

function addDigit(number: number, code: number): number {
  // In this order: the sum goes over 2^53 for no number that may be.
  const sum = number * 10 + (code - zero);
  return isDigit(code) && sum <= Number.MAX_SAFE_INTEGER ? sum : malformed('a number');
}

/** A number has one way to be written, without zeros before it, and 0 is none of a message. */
function checkNumber(number: number, digits: number): number {
  return number >= 10 ** (digits - 1) ? number : malformed('a number');
}

/** What a peer sent may be a secret: only the beginning is named, and nothing of a greeting. */
function malformed(data: string): never {
  throw new HoldfastError('packet-malformed', data.startsWith('{') ? 'a greeting' : JSON.stringify(data.slice(0, 12)));
}
