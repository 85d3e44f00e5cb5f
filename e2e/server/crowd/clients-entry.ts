// All the clients of the crowd, in a process of their own: `port` and how many come on the command line.
import { openFilesLimit } from './open-files.ts';
import { openRawClient } from './raw-client.ts';
import type { CrowdWord } from './words.ts';

/** How many handshakes are under way at once. */
const wave = 200;
const pingsEach = 2;

const [port = 0, count = 0] = process.argv.slice(2).map(Number);
const say = (word: CrowdWord) => process.send?.(word);
const done = { open: 0, broadcast: 0, pinged: 0, ended: 0 };
const closeCodes: Record<string, number> = {};
let begun = 0;

function reach(milestone: keyof typeof done): void {
  if (++done[milestone] === count) say({ milestone, closeCodes });
}

function begin(): void {
  if (begun === count) return;
  begun++;
  let pings = 0;
  openRawClient(port, {
    open: () => {
      reach('open');
      begin();
    },
    text: () => reach('broadcast'),
    ping: () => {
      if (++pings === pingsEach) reach('pinged');
    },
    close: (code) => {
      closeCodes[code] = (closeCodes[code] ?? 0) + 1;
    },
    end: (inOrder) => {
      if (!inOrder) say({ fault: `a connection broke after ${done.open} had opened` });
      reach('ended');
    },
  });
}

process.on('disconnect', () => process.exit());
say({ openFiles: openFilesLimit() });
for (let i = 0; i < wave; i++) begin();
