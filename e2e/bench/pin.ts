import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/**
 * Lets processes run on one core only, the last, where the system has a command for that. Two that wait for each other by
 * turns else measure how long an idle core takes to wake, which is several times what they do, or not, by chance.
 */
export function pinTogether(pids: readonly number[]): void {
  const core = String(cpus().length - 1);
  for (const pid of pids) spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', core, String(pid)]);
}
