import { quick, withBench } from '../bench.ts';
import type { Account } from '../clients/client-driver.ts';
import type { Engine } from '../engines/engine.ts';

/** The line dies without a word; answers what the client told when it was back. */
export async function runDeadLine(engine: Engine): Promise<Account> {
  return withBench(engine, { heartbeat: quick }, async ({ client, line }) => {
    await client.until({ answers: 1 });
    line.stall();
    return client.until({ opens: 2 });
  });
}
