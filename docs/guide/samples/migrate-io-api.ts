import { call, defineApi, stream } from 'holdfast/rpc';
import * as v from 'valibot';

export const api = defineApi({
  count: call(v.string(), v.number()),
  say: call(v.string(), v.null()),
  said: stream(v.string(), v.object({ name: v.string(), text: v.string() })),
});
