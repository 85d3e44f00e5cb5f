// `npx holdfast`: the terminal tool. No import of the library leads here.
import { readFileSync } from 'node:fs';
import { runTool } from './tool/run-tool.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
process.exitCode = await runTool(process, version);
