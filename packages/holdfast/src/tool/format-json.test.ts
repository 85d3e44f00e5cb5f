import { HoldfastError, Opcode } from '@holdfast/core';
import { expect, test } from 'vitest';
import { formatJson } from './format-json.ts';
import type { Report } from './report.ts';

const frame = {
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  opcode: Opcode.Ping,
  maskingKey: Uint8Array.of(1, 2, 3, 255),
  payload: Uint8Array.of(9),
};

test.each<[Report, object]>([
  [
    { event: 'message', direction: 'in', data: 'a\nb' },
    { event: 'message', direction: 'in', kind: 'text', text: 'a\nb' },
  ],
  [
    { event: 'message', direction: 'in', data: Uint8Array.of(0, 255), connection: 1 },
    { event: 'message', direction: 'in', connection: 1, kind: 'binary', bytes: 2, hex: '00ff' },
  ],
  [
    { event: 'frame', direction: 'out', frame },
    {
      event: 'frame',
      direction: 'out',
      fin: true,
      rsv1: false,
      rsv2: false,
      rsv3: false,
      opcode: 'ping',
      maskingKey: '010203ff',
      bytes: 1,
      hex: '09',
    },
  ],
  [
    {
      event: 'closed',
      code: 1006,
      reason: '',
      wasClean: false,
      exitCode: 6,
      error: new HoldfastError('http-status', '403', { status: 403, body: 'no', headers: { 'set-cookie': 'geheim' } }),
    },
    {
      event: 'closed',
      code: 1006,
      reason: '',
      wasClean: false,
      exitCode: 6,
      error: { code: 'http-status', message: 'http-status: 403', status: 403, body: 'no' },
    },
  ],
])('%j is one line of JSON', (report, fields) => {
  const line = formatJson(report, new Date(0));
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({ time: '1970-01-01T00:00:00.000Z', ...fields });
});
