import type { Row, Step } from '../row/row.ts';
import { WireViolation } from '../wire/frame-reader.ts';
import { peerBytes } from '../wire/peer-bytes.ts';
import type { Bench } from './bench.ts';
import { checkEnd } from './compare-end.ts';
import { eventCheck } from './compare-event.ts';
import { frameCheck, type PlainFrame } from './compare-frame.ts';
import { CompressedTalk } from './compressed-talk.ts';
import { Mismatch } from './mismatch.ts';

/** Plays a row step by step on a bench. Throws a Mismatch that says what was expected, and what came instead. */
export async function playRow(row: Row, bench: Bench): Promise<void> {
  let lastPing: Uint8Array = Buffer.alloc(0);
  const talk = new CompressedTalk(bench, row.compression?.sides);
  const expectFrames = async (expected: PlainFrame, times = 1) => {
    const check = frameCheck(expected);
    for (let count = 0; count < times; count++) {
      const frame = await bench.nextFrame();
      check(frame);
      if ('payload' in frame && frame.opcode === 9) lastPing = frame.payload;
    }
  };
  const playStep = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'send':
        return bench.write(peerBytes(step.items, bench.role), step);
      case 'pong-back':
        return bench.write(peerBytes([{ opcode: 10, payload: lastPing }], bench.role));
      case 'cut':
        return bench.cut(step.how);
      case 'app':
        return bench.act(step.act);
      case 'hear':
        if (!bench.tells(step.event)) return;
        for (let count = 0, check = eventCheck(step.event); count < (step.times ?? 1); count++) {
          check(await bench.nextEvent());
        }
        return;
      case 'answer':
        if (step.frame.kind === 'compressed') return talk.expect(step.frame, step.times);
        return expectFrames(step.frame, step.times);
      case 'exchange':
        return talk.exchange(step);
      case 'quiet':
        return checkQuiet(await bench.settle());
      case 'end':
        checkEnd(step, await bench.end(step));
        return checkQuiet(await bench.settle());
    }
  };

  for (const [index, step] of row.steps.entries()) {
    try {
      await playStep(step);
    } catch (error) {
      throw toMismatch(error).at(index + 1, step.do);
    }
  }
}

function checkQuiet(left: string): void {
  if (left !== '') throw new Mismatch('nothing more', left);
}

function toMismatch(error: unknown): Mismatch {
  if (error instanceof Mismatch) return error;
  if (error instanceof WireViolation) return new Mismatch('frames that a peer may be sent', error.message);
  return new Mismatch('the step to be done', error instanceof Error ? (error.stack ?? error.message) : String(error));
}
