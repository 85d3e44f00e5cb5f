import { expect, test } from 'vitest';
import { ExitCode, exitCodeMeanings, exitCodeOfEnding, exitCodeOfError } from './exit-code.ts';

test.each([
  [{ code: 1000 }, false, ExitCode.Closed],
  [{ code: 1005 }, false, ExitCode.Closed],
  [{ code: 4000 }, true, ExitCode.Closed],
  [{ code: 1001 }, false, ExitCode.ClosedWithCode],
  [{ code: 1011 }, false, ExitCode.ClosedWithCode],
  [{ code: 1006, error: { code: 'connection-lost' } }, false, ExitCode.LineLost],
  [{ code: 1006, error: { code: 'close-timeout' } }, true, ExitCode.Timeout],
  [{ code: 1006, error: { code: 'mask-unexpected' } }, false, ExitCode.RuleBroken],
] as const)('%j, closed from here: %s, comes to %d', (end, isOurs, exitCode) => {
  expect(exitCodeOfEnding(end, isOurs)).toBe(exitCode);
});

test.each([
  ['name-resolution', 3],
  ['connection-refused', 4],
  ['tls-failed', 5],
  ['http-status', 6],
  ['handshake-protocol', 7],
  ['connect-timeout', 8],
  ['message-too-large', 9],
  ['listen-failed', 13],
  ['invalid-header', 2],
] as const)('%s comes to %d', (code, exitCode) => {
  expect(exitCodeOfError(code)).toBe(exitCode);
});

test('each exit code is told of', () => {
  expect(Object.keys(exitCodeMeanings)).toEqual(Object.values(ExitCode).map(String));
});
