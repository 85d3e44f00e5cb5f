import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../engine/finding.ts';
import { fuzz, replayInput, tryInputs } from '../engine/fuzz.ts';
import { findingsOf } from '../engine/report.ts';

const entry = new URL('planted-entry.ts', import.meta.url);
const seed = 'planted';

/** What is planted, and the invariant that it breaks. */
const faults = [
  { name: 'forgets a rule', problem: /^fault .*: .*expected length-not-minimal/ },
  { name: 'takes memory early', problem: /bytes allocated for 0 in/ },
  { name: 'writes into chunks', problem: /^a chunk was written into/ },
  { name: 'depends on cutting', problem: /^event byte by byte, number \d+/ },
  { name: 'tells no fault', problem: /^fault whole: none, expected / },
  { name: 'holds too much', problem: /bytes are held by each/ },
  { name: 'loses a message', problem: /^message of the client, number \d+/ },
  { name: 'throws a TypeError', problem: /threw TypeError/ },
  { name: 'takes a wrong close code', problem: /^close: "close 1000 ", expected undefined/ },
  { name: 'forgets the mask and the bits', problem: /mask-missing/ },
  { name: 'takes a header too many', problem: /^taken .*, and by the RFC it is no head/ },
  { name: 'takes any origin', problem: /it was accepted: "403"/ },
  { name: 'refuses a line within its limit', problem: /^refused .*: http-too-large/ },
  { name: 'shows half a refusal', problem: /^body of another cutting/ },
  { name: 'shows a password', problem: /^a secret is shown/ },
  { name: 'takes what is no deflate', problem: /^a message was told, expected deflate-invalid/ },
  {
    name: 'compresses by too large a window',
    problem: /^what an independent peer reads: "nothing, for it has a reference/,
  },
  { name: 'forgets what was asked of it', problem: /^our own (?:answer is refused|offer is declined)/ },
  { name: 'dials twice at once', problem: /^two dials at once/ },
  { name: 'leaves a timer behind closed', problem: /^timers after closed/ },
  { name: 'hands messages over twice', problem: /^fate of message \d+ when it is handed over/ },
] as const;

describe('the fuzz catches what', () => {
  let findings: readonly Finding[];
  beforeAll(async () => {
    const report = await fuzz({ seed, entry, only: faults.map(({ name }) => name), inputs: 5_000 });
    findings = findingsOf(report);
  }, 120_000);

  test.for(faults)('$name', ({ name, problem }) => {
    const found = findings.filter(({ target }) => target === name);
    expect(found.map((finding) => finding.problem)).toContainEqual(expect.stringMatching(problem));
  });

  test('and replays it, by its seed and by its bytes', async () => {
    const finding = findings.find(({ target }) => target === 'forgets a rule') as Finding;
    expect(findingsOf(await replayInput(finding.target, finding.input, { seed, entry }))).toEqual([finding]);
    const [again] = await tryInputs([{ target: finding.target, hex: finding.shrunkHex }], { entry });
    expect(again).toBe(finding.problem);
  });
});

test('an input that hangs is ended, found, and not waited for by those behind it', async () => {
  const report = await fuzz({ seed, entry, only: ['hangs'], inputs: 2, inputLimitMs: 1_000 });
  expect(report.targets).toMatchObject([{ name: 'hangs', passed: 0, failed: 2 }]);
  expect(findingsOf(report)).toMatchObject([{ input: 0, problem: 'still running after 1000 ms', hex: '000000' }]);
});

test('memory that grows with the inputs is found', async () => {
  const report = await fuzz({ seed, entry, only: ['leaks'], inputs: 20_000 });
  expect(findingsOf(report)).toMatchObject([{ target: 'leaks', problem: expect.stringMatching(/^memory grows: /) }]);
});
