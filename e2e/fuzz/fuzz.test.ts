import type { HoldfastErrorCode } from '@holdfast/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatFinding } from './engine/finding.ts';
import { fuzz } from './engine/fuzz.ts';
import { countsOf, findingsOf, type FuzzReport } from './engine/report.ts';

/** The same each time, unless it is given; the seeds of `npm run test:all` and of `npm run fuzz` are new each time. */
const seed = process.env['HOLDFAST_SEED'] ?? 'npm test';

const inputs = 100_000;

/** The rules and limits of the wire, of HTTP and of the handshake: a fuzz that reaches one no more has gone blind. */
const wireCodes = [
  'reserved-bits',
  'unknown-opcode',
  'mask-missing',
  'mask-unexpected',
  'control-fragmented',
  'control-too-long',
  'length-not-minimal',
  'length-top-bit',
  'continuation-unexpected',
  'continuation-expected',
  'utf8-invalid',
  'close-payload',
  'close-code',
  'frame-too-large',
  'message-too-large',
  'too-many-fragments',
  'fragment-overhead',
  'deflate-invalid',
  'http-status',
  'http-malformed',
  'http-too-large',
  'handshake-upgrade',
  'handshake-connection',
  'handshake-accept',
  'handshake-protocol',
  'handshake-extension',
  'handshake-refused',
] as const satisfies readonly HoldfastErrorCode[];

/** What an app, or the session itself, can do wrong, and how a session may end. */
const sessionCodes = [
  'invalid-url',
  'invalid-header',
  'invalid-protocol',
  'invalid-message',
  'lone-surrogate',
  'invalid-close-code',
  'invalid-close-reason',
  'listener-threw',
] as const satisfies readonly HoldfastErrorCode[];

describe(`${inputs} inputs by the seed ${seed}`, () => {
  let report: FuzzReport;
  beforeAll(async () => {
    report = await fuzz({ seed, inputs, length: 'short' });
  }, 300_000);

  test('break no invariant', () => {
    expect(findingsOf(report).map(formatFinding)).toEqual([]);
    expect(countsOf(report)).toEqual({ passed: inputs, failed: 0 });
  });

  test.for([...wireCodes, ...sessionCodes])('reach %s', (code) => {
    expect(report.targets.flatMap(({ reached }) => [...reached.keys()])).toContain(code);
  });
});
