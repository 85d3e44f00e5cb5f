import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { DemoChild } from './demo-child.ts';

/** What can be typed while the site is up, and what it does. */
export const commandHelp: readonly (readonly [command: string, effect: string])[] = [
  ['demo', 'stops the demo server; again: starts it'],
  ['freeze', 'makes it go silent with its connections open; again: it goes on'],
];

/** Reads commands from `input`, one a line, and carries them out one after the other; the end of input ends nothing. */
export function readCommands(input: Readable, demo: DemoChild, say: (line: string) => void): void {
  let last = Promise.resolve();
  createInterface({ input }).on('line', (line) => {
    last = last.then(() => carryOut(line.trim(), demo, say)).catch((error: unknown) => say(String(error)));
  });
}

async function carryOut(command: string, demo: DemoChild, say: (line: string) => void): Promise<void> {
  switch (command) {
    case 'demo':
      return toggle(demo, say);
    case 'freeze':
      return toggleFreeze(demo, say);
    case '':
      return;
    default:
      say(`no command ${JSON.stringify(command)}; there are ${commandHelp.map(([name]) => name).join(' and ')}`);
  }
}

async function toggle(demo: DemoChild, say: (line: string) => void): Promise<void> {
  if (demo.isRunning) {
    await demo.stop();
    say('demo server stopped');
  } else {
    await demo.start();
    say(`demo server started: port ${demo.ports.port}, process ${demo.pid}`);
  }
}

async function toggleFreeze(demo: DemoChild, say: (line: string) => void): Promise<void> {
  if (!demo.isRunning) return say('the demo server is not running');
  if (process.platform === 'win32') return say('Windows cannot hold a process still');
  if (demo.isFrozen) demo.thaw();
  else demo.freeze();
  say(demo.isFrozen ? 'demo server frozen' : 'demo server goes on');
}
