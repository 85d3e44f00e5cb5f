/**
 * What was found and is not mended yet: the targets leave out what shows it, so that they see what lies behind. Who
 * mends one takes its name out, and gives it a row in `rows.ts`, which holds it from then on.
 */
export const open: ReadonlySet<string> = new Set([
  // Who sends in a listener for `dropped` gets more into the outbox than it may hold, and with the same key loses that
  // message in silence: the message for which room is made is not in yet.
  // session, seed regressions, input 13759:
  // 0000b0f6000000000000000000274bf5930000fe000000b000000000d000aa0000ca00f50000
  'send-within-dropped',
]);
