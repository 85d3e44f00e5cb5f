import { runTool } from '../run-tool.ts';
import type { Check } from './check.ts';

/** A check that is one run of a tool: it holds when the tool exits with 0. */
export function toolCheck(name: string, command: string, ...args: readonly string[]): Check {
  return {
    name,
    run: async (root) => {
      const { status, output } = await runTool(root, command, args);
      return status === 0 ? undefined : output;
    },
  };
}
