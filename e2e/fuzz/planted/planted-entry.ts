import { serveThread } from '../engine/serve-thread.ts';
import { plantedTargets } from './planted-targets.ts';

serveThread(plantedTargets);
