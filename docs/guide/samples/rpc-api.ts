import { call, defineApi, stream } from 'holdfast/rpc';
import { z } from 'zod';

/** What the server answers. */
export const serverApi = defineApi({
  add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
  user: call(z.object({ id: z.string() }), z.object({ name: z.string() }), {
    errors: { 'not-found': z.object({ id: z.string() }) },
    retry: true, // may run twice, so it may be sent again after a lost line
  }),
  ticks: stream(z.object({ everyMs: z.number().min(10) }), z.number()),
  publish: call(z.string(), z.enum(['published', 'kept'])),
});

/** What the client answers, over the same socket. */
export const clientApi = defineApi({
  confirm: call(z.string(), z.boolean()),
});
