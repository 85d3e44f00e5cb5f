// One series of one curve, in a process of its own: `work-process.ts WORK SERIES`.
import { answerOrders } from '../../orders.ts';
import { works } from './all.ts';

const [, , work, series] = process.argv;
const run = works[work!]![series!]!;

answerOrders({}, async ({ x }: { readonly x: number }) => ({ y: await run(x) }));
