import { call, defineApi, stream } from 'holdfast/rpc';

/** What a test server answers when it is started for calls. */
export const serverApi = defineApi({
  add: call<{ a: number; b: number }, number>(),
  find: call<string, { name: string }, { 'not-found': { id: string } }>(),
  fail: call(),
  /** Is answered by nobody: it ends when its caller gives up. */
  wait: call(),
  /** How many handlers were told that their caller gave up, or is gone. */
  aborted: call<void, number>(),
  /** Asks the client back for its name. */
  greet: call<void, string>(),
  /** Answers from the second connection on. */
  again: call<void, number>({ retry: true }),
  count: stream<{ to: number }, number>(),
  /** How many items the streams of this server have made. */
  made: call<void, number>(),
});

/** What such a server asks of its clients. */
export const clientApi = defineApi({ name: call<void, string>() });
