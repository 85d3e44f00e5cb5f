import { serveThread } from './engine/serve-thread.ts';
import { targets } from './targets/all.ts';

serveThread(targets);
