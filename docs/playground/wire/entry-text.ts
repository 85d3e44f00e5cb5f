import { applyMask, decodeClosePayload, Opcode } from '@holdfast/core';
import { layOutFrame } from '../frame/frame-layout.ts';
import { formatHex } from '../frame/hex.ts';
import type { FrameEntry, WireEntry } from './wire-entry.ts';

/** What kinds of entries a reader may choose among. */
export type EntryGroup = 'handshake' | 'text' | 'binary' | 'control' | 'fault';

export const entryGroups: readonly { readonly group: EntryGroup; readonly label: string }[] = [
  { group: 'handshake', label: 'Handshakes' },
  { group: 'text', label: 'Text' },
  { group: 'binary', label: 'Binary' },
  { group: 'control', label: 'Ping, pong, close' },
  { group: 'fault', label: 'Faults' },
];

/** How much of a text is shown in a row. */
const previewLength = 120;
const previewBytes = 24;

/** The group of an entry; a continuation is of the kind of its message. */
export function groupOf(entry: WireEntry): EntryGroup {
  switch (entry.kind) {
    case 'handshake':
    case 'fault':
      return entry.kind;
    case 'message':
      return typeof entry.data === 'string' ? 'text' : 'binary';
    case 'frame': {
      const opcode = entry.continues ?? entry.opcode;
      return opcode >= 8 ? 'control' : opcode === Opcode.Text ? 'text' : 'binary';
    }
  }
}

/** What an entry is, in a word or two. */
export function nameOf(entry: WireEntry): string {
  switch (entry.kind) {
    case 'handshake':
      return entry.from === 'client' ? 'request' : 'response';
    case 'fault':
      return 'fault';
    case 'message':
      return typeof entry.data === 'string' ? 'text message' : 'binary message';
    case 'frame':
      return opcodeNames[entry.opcode] + (entry.fin ? '' : ' …');
  }
}

const opcodeNames: Record<number, string> = {
  [Opcode.Continuation]: 'continued',
  [Opcode.Text]: 'text',
  [Opcode.Binary]: 'binary',
  [Opcode.Close]: 'close',
  [Opcode.Ping]: 'ping',
  [Opcode.Pong]: 'pong',
};

/** How many bytes of payload; of a handshake, of all. */
export function lengthOf(entry: WireEntry): number {
  switch (entry.kind) {
    case 'handshake':
      return entry.text.length;
    case 'fault':
      return entry.bytes.length;
    case 'message':
      return typeof entry.data === 'string' ? new TextEncoder().encode(entry.data).length : entry.data.length;
    case 'frame':
      return entry.payloadBytes;
  }
}

/** The beginning of what an entry says, on one line. */
export function previewOf(entry: WireEntry): string {
  switch (entry.kind) {
    case 'handshake':
      return entry.text.split('\r\n', 1)[0] ?? '';
    case 'fault':
      return entry.error.message;
    case 'message':
      return typeof entry.data === 'string' ? shorten(entry.data) : previewHex(entry.data);
    case 'frame':
      return previewFrame(entry);
  }
}

function previewFrame(entry: FrameEntry): string {
  const payload = payloadOf(entry.bytes);
  switch (groupOf(entry)) {
    case 'text':
      return shorten(looseText(payload.subarray(0, 4 * previewLength)));
    case 'control':
      return entry.opcode === Opcode.Close ? previewClose(payload) : shorten(looseText(payload));
    case 'binary':
    case 'handshake':
    case 'fault':
      return previewHex(payload);
  }
}

function previewClose(payload: Uint8Array): string {
  const { code, reason } = decodeClosePayload(payload);
  return code === 1005 ? 'without a code' : `${code}${reason && ` ${reason}`}`;
}

function previewHex(bytes: Uint8Array): string {
  return formatHex(bytes.subarray(0, previewBytes)) + (bytes.length > previewBytes ? ' …' : '');
}

/** A fragment may begin and end inside a character: that is shown as a mark. */
function looseText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function shorten(text: string): string {
  const line = text.slice(0, previewLength + 1).replace(/[\r\n\t]+/g, ' ');
  return line.length > previewLength ? `${line.slice(0, previewLength)}…` : line;
}

/** The payload of a frame, unmasked, as far as its bytes are there. */
export function payloadOf(bytes: Uint8Array): Uint8Array {
  const { bytes: own, payloadStart, maskingKey } = layOutFrame(bytes);
  const payload = own.slice(payloadStart);
  if (maskingKey) applyMask(payload, maskingKey);
  return payload;
}
