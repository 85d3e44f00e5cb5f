// Whatever the line does, the app asks and however time passes, in any order, listeners that act and throw among it:
//  1. There are never two dials at once; attempts are counted, and delays keep their bounds: those of the options, of
//     Retry-After, of the budget, and of a server that says that it is busy.
//  2. `closed` is told once and last. After it no timer runs, no signal is listened to, no promise is left, and nothing is
//     sent; what a dropped dial still tells counts no more.
//  3. States and events agree, and no state lasts longer than its limit. Silence of the line is found.
//  4. A message is handed over at most once, in order, to a link that is open and holds no more than the mark; or it is
//     told as dropped, for a reason that is true; or `send` threw. Nothing is left without a fate.
//  5. What waits keeps to the limits of the outbox, to its time to live, its key and its signal, and goes as soon as the
//     link takes it. `bufferedBytes` is what waits and what the link holds.
//  6. `uncertain` is exactly what was handed over behind the last question that was answered: it never understates.
//  7. What arrives is told once, in order.
//  8. Only HoldfastErrors come out, each from the misuse that it names.
import { createClient } from '@holdfast/core/adapter';
import { Script } from '../engine/script.ts';
import type { Target } from '../engine/target.ts';
import { type CreateClient, SessionRun } from './session-run.ts';

/** The client over a scripted line, or one with a fault planted. */
export function sessionTarget(create: CreateClient = createClient): Target {
  return {
    name: 'session',
    weight: { long: 100, short: 15 },
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
