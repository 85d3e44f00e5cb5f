import { describe, expect, it, test } from 'vitest';
import { ruleOf } from './broken-rules.ts';
import { readFrames } from './read-frames.ts';

describe('bytes that break a rule are told with its section', () => {
  for (const { hex, code, section, role = 'auto' as const } of [
    { hex: 'c1 05 48 65 6c 6c 6f', code: 'reserved-bits', section: '5.2' },
    { hex: '83 00', code: 'unknown-opcode', section: '5.2' },
    { hex: '81 00', code: 'mask-missing', section: '5.1', role: 'server' as const },
    { hex: '81 80 00 00 00 00', code: 'mask-unexpected', section: '5.1', role: 'client' as const },
    { hex: '09 00', code: 'control-fragmented', section: '5.5' },
    { hex: '89 7e 00 7e', code: 'control-too-long', section: '5.5' },
    { hex: '81 7e 00 05 48 65 6c 6c 6f', code: 'length-not-minimal', section: '5.2' },
    { hex: '81 7f 80 00 00 00 00 00 00 00', code: 'length-top-bit', section: '5.2' },
    { hex: '80 02 6c 6f', code: 'continuation-unexpected', section: '5.4' },
    { hex: '01 01 61 81 01 62', code: 'continuation-expected', section: '5.4' },
    { hex: '81 02 c3 28', code: 'utf8-invalid', section: '8.1' },
    { hex: '01 01 c3 80 01 28', code: 'utf8-invalid', section: '8.1' },
    { hex: '88 01 03', code: 'close-payload', section: '5.5.1' },
    { hex: '88 02 03 e7', code: 'close-code', section: '7.4' },
    { hex: '82 7f 00 00 00 00 00 10 00 01', code: 'frame-too-large', section: '10.4' },
  ]) {
    test(`${code}: ${hex}`, () => {
      const { fault } = readFrames(hex, role);
      expect(fault?.code).toBe(code);
      expect(ruleOf(fault?.code)).toMatchObject({
        section: `RFC 6455 ${section}`,
        url: `https://www.rfc-editor.org/rfc/rfc6455#section-${section}`,
      });
    });
  }
});

it('whole frames before a fault are read', () => {
  const { frames, fault, rest } = readFrames('81 01 61 c1 00', 'auto');
  expect([frames.length, fault?.code, rest?.frameBytes]).toEqual([1, 'reserved-bits', 2]);
});

it('bytes that break no rule have no fault', () => {
  expect(readFrames('01 03 48 65 6c 89 00 80 02 6c 6f', 'auto')).toMatchObject({ fault: undefined, rest: undefined });
});

it('an error that is no rule of the wire has no section', () => {
  expect([ruleOf(undefined), ruleOf('connect-timeout')]).toEqual([undefined, undefined]);
});
