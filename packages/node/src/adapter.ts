// For holdfast's own terminal tool: what only it needs. No promise of stability.
export { connectWatched } from './connect.ts';
export type { LineWatcher } from './dial/watch-line.ts';
