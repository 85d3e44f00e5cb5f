import type { EndStep } from '../row/row.ts';
import type { BenchEnd } from './bench.ts';
import { Mismatch } from './mismatch.ts';

/** Throws a Mismatch unless the connection ended as the step says. */
export function checkEnd(step: EndStep, end: BenchEnd): void {
  const expected = showEnd(expectedEnd(step));
  const got = showEnd(end);
  if (got !== expected) throw new Mismatch(expected, got);
}

function expectedEnd(step: EndStep): BenchEnd {
  switch (step.by) {
    case 'close':
      return { code: step.code, reason: step.reason, wasClean: true, error: '', transport: 'in order' };
    case 'fault':
      return { code: 1006, reason: '', wasClean: false, error: step.error, transport: 'in order' };
    case 'loss':
      return { code: 1006, reason: '', wasClean: false, error: 'connection-lost', transport: 'in order' };
  }
}

function showEnd({ code, reason, wasClean, error, transport }: BenchEnd): string {
  return `the end: ${code} "${reason}", ${wasClean ? 'clean' : 'not clean'}, error ${error || 'none'}, TCP ${transport}`;
}
