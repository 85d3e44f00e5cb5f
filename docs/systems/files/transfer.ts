import type { Client } from 'holdfast';
import { sendFile, type SentFile } from 'holdfast/files';
import { reactive } from 'vue';
import { type GetBack, saveBlob } from './get-back.ts';

/** One file of the page, and what became of it. */
export interface Transfer {
  readonly key: number;
  name: string;
  readonly size: number;
  sentBytes: number;
  /** Since it last went on, in bytes per second. */
  speed: number;
  state: 'sending' | 'paused' | 'done' | 'failed' | 'cancelled';
  /** What there is to say: its checksum, or why it failed. */
  note: string;
  /** How much of it has come back, in bytes, while it does. */
  backBytes: number | undefined;
  pause(): void;
  resume(): void;
  cancel(): void;
  /** Gets it back from the server, to be saved. */
  getBack(): Promise<void>;
}

let lastKey = 0;

/** Sends a file; the answer changes as it goes on. */
export function startTransfer(
  { client, getBack }: { readonly client: Client; readonly getBack: GetBack },
  file: File,
  checksum: 'sha-256' | 'md5',
): Transfer {
  let arrived: SentFile | undefined;
  const controller = new AbortController();
  let hold: Promise<void> | undefined;
  let go = () => {};
  let since = { ms: performance.now(), bytes: 0 };
  const transfer: Transfer = reactive({
    key: ++lastKey,
    name: file.name,
    size: file.size,
    sentBytes: 0,
    speed: 0,
    state: 'sending',
    note: '',
    backBytes: undefined,
    pause() {
      transfer.state = 'paused';
      hold = new Promise((resolve) => {
        go = resolve;
      });
    },
    resume() {
      transfer.state = 'sending';
      since = { ms: performance.now(), bytes: transfer.sentBytes };
      hold = undefined;
      go();
    },
    cancel() {
      controller.abort();
    },
    async getBack() {
      if (!arrived) return;
      transfer.backBytes = 0;
      try {
        const { blob } = await getBack(arrived.id, (bytes) => (transfer.backBytes = bytes));
        saveBlob(blob, arrived.name);
      } catch (error) {
        transfer.note = (error as Error).message;
      }
      transfer.backBytes = undefined;
    },
  });
  const onProgress = ({ sentBytes }: { sentBytes: number }) => {
    transfer.sentBytes = sentBytes;
    const seconds = (performance.now() - since.ms) / 1000;
    if (seconds > 0.2) transfer.speed = (sentBytes - since.bytes) / seconds;
    // While this is pending, nothing more is sent.
    return hold;
  };
  sendFile(client, file, { checksum, onProgress, signal: controller.signal }).then(
    (sent) => {
      arrived = sent;
      const resumed = sent.resumed === 0 ? '' : `, went on ${sent.resumed === 1 ? 'once' : `${sent.resumed} times`}`;
      Object.assign(transfer, {
        state: 'done',
        name: sent.name,
        note: `${checksum} ${sent.checksum.slice(0, 16)}…${resumed}`,
      });
    },
    (error: Error) => {
      const isCancelled = controller.signal.aborted;
      Object.assign(transfer, { state: isCancelled ? 'cancelled' : 'failed', note: isCancelled ? '' : error.message });
    },
  );
  return transfer;
}
