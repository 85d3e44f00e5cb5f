// How fast messages are compressed in different ways, and what that holds: `npm run bench:compression`.
import { cpus } from 'node:os';
import { tellMemory } from './memory.ts';
import { tellSpeed } from './speed.ts';

const rounds = 7;

console.log(
  `Node ${process.versions.node}, zlib ${process.versions['zlib']}, ${cpus()[0]?.model}, medians of ${rounds} rounds`,
);
await tellSpeed(rounds, console.log);
tellMemory(console.log);
