import { connect } from '@holdfast/web';
import { messageOf, type Workload } from '../flow/workload.ts';

/** Who is compared in a page. */
export type PageContender = 'holdfast' | 'native';

/** What the page offers to whoever drives it. */
export interface BenchPage {
  open(contender: PageContender, url: string, workload: Workload): Promise<void>;
  /** Sends or receives so many messages, and answers how long that took, in ms. */
  round(count: number): Promise<number>;
}

/** An open connection of one contender. */
interface PageLine {
  readonly send: (message: Uint8Array<ArrayBuffer>) => void;
  readonly bufferedBytes: () => number;
  /** Calls back for each message; a new listener takes the place of the last one. */
  readonly listen: (listener: () => void) => void;
}

/** So many are sent in one turn, and the next turn waits while more than this is in the buffer, in bytes. */
const turnMessages = 1000;
const fullBytes = 256 * 1024;

const lines: Record<PageContender, (url: string) => Promise<PageLine>> = {
  async holdfast(url) {
    const client = connect(url, { reconnect: false });
    await client.once('open');
    let off = () => {};
    return {
      send: (message) => void client.send(message),
      bufferedBytes: () => client.bufferedBytes,
      listen(listener) {
        off();
        off = client.on('message', listener);
      },
    };
  },
  /**
   * The platform's own, with a listener that counts and does not look at the message: it does not even have the ArrayBuffer
   * made that ours is made of. An app that reads its messages pays more than this.
   */
  async native(url) {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return {
      send: (message) => socket.send(message),
      bufferedBytes: () => socket.bufferedAmount,
      listen(listener) {
        socket.onmessage = listener;
      },
    };
  },
};

let line: PageLine;
let workload: Workload;

const page: BenchPage = {
  async open(contender, url, next) {
    workload = next;
    line = await lines[contender](url);
  },
  async round(count) {
    const begin = performance.now();
    await (workload.kind === 'receive' ? receive(count) : send(count));
    return performance.now() - begin;
  },
};
Object.assign(globalThis, { benchPage: page });

async function receive(count: number): Promise<void> {
  const arrived = untilHeard(count);
  line.send(messageOf(workload) as Uint8Array<ArrayBuffer>);
  await arrived;
}

/** The peer answers once, when the last message has come. */
async function send(count: number): Promise<void> {
  const arrived = untilHeard(1);
  const message = messageOf(workload) as Uint8Array<ArrayBuffer>;
  for (let left = count; left > 0; left -= turnMessages) {
    for (let sent = Math.min(left, turnMessages); sent > 0; sent--) line.send(message);
    do await turn();
    while (line.bufferedBytes() > fullBytes);
  }
  await arrived;
}

function untilHeard(count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    line.listen(() => {
      if (--left === 0) resolve();
    });
  });
}

/** Lets the page's loop go on, for the 4 ms that a browser makes of it: less than a full buffer lasts. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
