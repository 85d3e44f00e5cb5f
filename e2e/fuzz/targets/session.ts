// Whatever the line does, the app asks and however time passes, in any order, listeners that act and throw among it:
// `closed` is told once and last, and after it no timer runs, no signal is listened to and no promise is left; there are
// never two dials at once, and attempts and delays keep their bounds; no state lasts longer than its limit, and silence
// is found; only HoldfastErrors come out, each from the misuse that it names; what waits keeps to the limits of the
// outbox; messages are handed over once, in order, to a link that is open, or told as dropped; what arrives is told, in
// order; what a dropped dial still tells counts no more; states and events agree.
import { createClient } from '@holdfast/core/adapter';
import { Script } from '../engine/script.ts';
import type { Target } from '../engine/target.ts';
import { type CreateClient, SessionRun } from './session-run.ts';

/** The client over a scripted line, or one with a fault planted. */
export function sessionTarget(create: CreateClient = createClient): Target {
  return {
    name: 'session',
    weight: 100,
    headerBytes: 9,
    generate: (random) => random.bytes(9 + random.between(5, 90)),
    async run(input) {
      const script = new Script(input);
      const run = new SessionRun(script, create);
      await run.clock.settle();
      while (!script.isOver && !run.model.isClosed) await run.act();
      await run.end();
      return [...run.model.labels];
    },
  };
}
