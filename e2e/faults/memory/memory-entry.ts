import process from 'node:process';
import { Meter } from './meter.ts';
import { ways } from './ways.ts';
import type { MemoryWord, Way } from './series.ts';

/** One way in a process of its own; what is measured is all of it. */
const [way, url, messages] = process.argv.slice(2) as [Way, string, string];
const meter = new Meter();
await ways[way](url, Number(messages), meter);
process.send!({ samples: meter.samples } satisfies MemoryWord);
