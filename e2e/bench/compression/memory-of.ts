import { heldByEach } from './memory.ts';

console.log(heldByEach(Number(process.argv[2])));
