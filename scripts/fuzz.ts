// The fuzz: `npm run fuzz -- --minutes 30` or `-- --inputs 100000`, one minute without either. `--target name` chooses
// targets, `--seed s` or HOLDFAST_SEED the inputs. A finding is replayed by `--target name --input N` of its seed, or by
// `--target name --hex ...`.
import { formatFinding } from '../e2e/fuzz/engine/finding.ts';
import { fuzz, replayInput, tryInputs } from '../e2e/fuzz/engine/fuzz.ts';
import { countsOf, findingsOf, type FuzzReport } from '../e2e/fuzz/engine/report.ts';
import { createProgress } from './fuzz/progress.ts';
import { readArguments } from './fuzz/read-arguments.ts';
import { formatTable } from './fuzz/table.ts';

const command = readArguments(process.argv.slice(2), process.env);
console.log(`HOLDFAST_SEED=${command.seed}`);

switch (command.kind) {
  case 'run': {
    const report = await fuzz({ ...command, onProgress: createProgress(command, (line) => console.log(line)) });
    console.log(`\n${formatTable(report)}\n`);
    tellEnd(report);
    break;
  }
  case 'input':
    tellEnd(await replayInput(command.target, command.input, command));
    break;
  case 'hex': {
    const [outcome = []] = await tryInputs([command], command);
    const isProblem = typeof outcome === 'string';
    console.log(isProblem ? `FOUND in ${command.target}: ${outcome}` : `reached: ${outcome.join(', ')}`);
    tellCounts(isProblem ? 0 : 1, isProblem ? 1 : 0);
    break;
  }
}

function tellEnd(report: FuzzReport): void {
  for (const finding of findingsOf(report)) console.log(`${formatFinding(finding)}\n`);
  const { passed, failed } = countsOf(report);
  tellCounts(passed, failed);
}

function tellCounts(passed: number, failed: number): void {
  console.log(`${passed + failed} inputs, ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
