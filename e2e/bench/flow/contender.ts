import type { ContenderName } from '../result.ts';
import { bareSocket } from './contenders/bare-socket.ts';
import { holdfast } from './contenders/holdfast.ts';
import type { Contender } from './contenders/kind.ts';
import { undici } from './contenders/undici.ts';
import { ws } from './contenders/ws.ts';

/** Who is compared as a client, ours first. */
export const clientNames: readonly ContenderName[] = [holdfast, ws, undici, bareSocket].map(({ name }) => name);

/** One of them by its name. */
export function contenderOf(name: string | undefined): Contender<unknown> {
  const found = [holdfast, ws, undici, bareSocket].find((contender) => contender.name === name);
  if (!found) throw new Error(`nobody is called ${name}: there are ${clientNames.join(', ')}`);
  return found;
}
