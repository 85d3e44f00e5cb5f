import { connect, HoldfastError } from 'holdfast';

/** What came of reading slowly. */
export interface SlowReading {
  readonly takenBytes: number;
  /** The code of the error that ended the reading. */
  readonly code: string;
}

/** Reads a server that sends without end, in a page and with a limit of what may wait, until that is over. */
export async function readSlowly(url: string, maxUnreadBytes: number): Promise<SlowReading> {
  const client = connect(url, { maxUnreadBytes });
  let takenBytes = 0;
  try {
    for await (const message of client) {
      takenBytes += message.length;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { takenBytes, code: 'none' };
  } catch (error) {
    return { takenBytes, code: error instanceof HoldfastError ? error.code : String(error) };
  } finally {
    await client.close();
  }
}
