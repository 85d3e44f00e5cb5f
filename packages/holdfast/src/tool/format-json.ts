import { type Frame, type HoldfastError, type Message, Opcode } from '@holdfast/core';
import { formatHex } from './hex.ts';
import type { Report } from './report.ts';

/** A report as one line of JSON, with its time in UTC; bytes are hex without spaces. */
export function formatJson(report: Report, time: Date): string {
  return JSON.stringify({ time: time.toISOString(), ...fieldsOf(report) });
}

function fieldsOf(report: Report): object {
  switch (report.event) {
    case 'message': {
      const { data, ...rest } = report;
      return { ...rest, ...messageFields(data) };
    }
    case 'frame':
      return { event: report.event, direction: report.direction, ...frameFields(report.frame) };
    case 'closed':
    case 'disconnected':
    case 'refused':
    case 'file-failed': {
      const { error, ...rest } = report;
      return { ...rest, ...(error && { error: errorFields(error) }) };
    }
    case 'open':
    case 'pong':
    case 'waiting':
    case 'listening':
    case 'joined':
    case 'left':
    case 'warning':
    case 'fault':
    case 'help':
    case 'sending':
    case 'file':
      return report;
  }
}

function messageFields(data: Message): object {
  if (typeof data === 'string') return { kind: 'text', text: data };
  return { kind: 'binary', bytes: data.length, hex: hexOf(data) };
}

const opcodeNames: Readonly<Record<Opcode, string>> = {
  [Opcode.Continuation]: 'continuation',
  [Opcode.Text]: 'text',
  [Opcode.Binary]: 'binary',
  [Opcode.Close]: 'close',
  [Opcode.Ping]: 'ping',
  [Opcode.Pong]: 'pong',
};

function frameFields({ fin, rsv1, rsv2, rsv3, opcode, maskingKey, payload }: Frame): object {
  const flags = { fin, rsv1, rsv2, rsv3, opcode: opcodeNames[opcode] };
  return { ...flags, maskingKey: maskingKey && hexOf(maskingKey), bytes: payload.length, hex: hexOf(payload) };
}

function errorFields({ code, message, status, body }: HoldfastError): object {
  return { code, message, status, body };
}

function hexOf(bytes: Uint8Array): string {
  return formatHex(bytes).replaceAll(' ', '');
}
