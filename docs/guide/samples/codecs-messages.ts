import { json } from 'holdfast/codec';
import { z } from 'zod';

/** The messages of a chat as a client sees them: what comes in, and what goes out. */
export const messages = json({
  incoming: z.discriminatedUnion('type', [
    z.object({ type: z.literal('joined'), name: z.string() }),
    z.object({ type: z.literal('said'), name: z.string(), text: z.string() }),
  ]),
  outgoing: z.object({ type: z.literal('say'), text: z.string().trim().min(1).max(500) }),
});
