import { expect } from 'chai';
import { isCloseCodeOnWire } from '@holdfast/core';
import type { Bench } from '../ends/bench.ts';
import { checkCannot } from './cannot.ts';
import type { Check } from './check.ts';

/** Every code that may travel, and the bounds of the ranges that are free; `undefined` is an empty close frame. */
const codes = [
  ...Array.from({ length: 2_000 }, (_, n) => 1_000 + n).filter(isCloseCodeOnWire),
  3_000,
  3_999,
  4_000,
  4_999,
  undefined,
];

const reason = 'bis später';

/** The closing handshake by every code, begun by either end. */
export const closingChecks: readonly Check[] = [
  ...codes.map(
    (code): Check => ({
      group: 'close codes of ours',
      name: `the peer hears that we close ${nameOf(code)}`,
      run: (bench) => checkOurClose(bench, code),
    }),
  ),
  ...codes.map(
    (code): Check => ({
      group: 'close codes of the peer',
      name: `we hear that the peer closes ${nameOf(code)}`,
      run: (bench) => checkTheirClose(bench, code),
    }),
  ),
];

function nameOf(code: number | undefined): string {
  return code === undefined ? 'without a code' : `with ${code}`;
}

/** Who is refused gets 1002 in answer; everybody else the code that was sent. */
async function checkOurClose(bench: Bench, code: number | undefined): Promise<void> {
  const isRefused = code !== undefined && bench.peer.quirks.refusedCodes?.includes(code);
  const answer = isRefused ? 1002 : (code ?? 1005);
  const { outcome, heard } = await (mayAppClose(bench, code) ? closeAsApp(bench, code) : closeBare(bench, code));
  expect(outcome).to.include({ code: answer, wasClean: true });
  if (!isRefused) expect(heard).to.include({ code: answer, reason: code === undefined ? '' : reason });
}

/** An app may send what belongs to it: a client as a browser does, a server all but 1010. Never an empty frame. */
function mayAppClose({ peer }: Bench, code: number | undefined): code is number {
  if (code === undefined) return false;
  return peer.role === 'client' ? code !== 1010 : code === 1000 || code >= 3000;
}

async function closeAsApp(bench: Bench, code: number) {
  const { ours, told } = await bench.open();
  await ours.close(code, reason);
  return { outcome: await ours.closed(), heard: await told('closed') };
}

async function closeBare(bench: Bench, code: number | undefined) {
  const { ours, told } = await bench.openBare();
  const outcome = await ours.close(code, code === undefined ? '' : reason);
  return { outcome, heard: await told('closed') };
}

async function checkTheirClose(bench: Bench, code: number | undefined): Promise<void> {
  const command = code === undefined ? 'close' : `close ${code} ${reason}`;
  if (bench.peer.quirks.cannot?.(command)) return checkCannot(bench, command);
  const { ours, order, told } = await bench.open();
  order(command);
  const expected = { code: code ?? 1005, reason: code === undefined ? '' : reason };
  expect(await ours.closed()).to.deep.equal({ ...expected, wasClean: true });
  // Who refuses a code takes no answer with it either.
  const isRefused = code !== undefined && bench.peer.quirks.refusedCodes?.includes(code);
  expect(await told('closed')).to.include({ code: isRefused ? 1006 : (code ?? 1005) });
}
