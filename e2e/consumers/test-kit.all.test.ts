import { expect } from 'chai';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Consumer, makeConsumer } from './consumer.ts';

/** What a run of Vitest reports as JSON, as far as it is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
}

/** The test kit as it would be published, in a project with a test runner of its own. */
describe('a project that tests its app', () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await makeConsumer('test-kit', { vitest: '4.1.12' });
  });
  afterAll(() => consumer?.remove());

  test('gives its app the connect of the kit, as a parameter and in place of the module', async () => {
    const report = JSON.parse(await consumer.run('npx', 'vitest', 'run', '--reporter=json')) as Report;
    expect(report.numTotalTests).to.equal(4);
    expect(report.numPassedTests).to.equal(4);
  });

  test('has the kit as CommonJS, too', async () => {
    const printed = await consumer.run(process.execPath, 'kit.cjs');
    expect(JSON.parse(printed)).to.deep.equal({ name: 'waiting', attempt: 2, delayMs: 500 });
  });

  test('bundles the kit for a browser, without anything of Node', async () => {
    const { metafile } = await build({
      absWorkingDir: consumer.folder,
      stdin: { contents: "export * from 'holdfast/testing';", resolveDir: consumer.folder },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      metafile: true,
      write: false,
    });
    const files = Object.keys(metafile.inputs);
    expect(files.filter((file) => /@holdfast\/core\/dist\/testing/.test(file))).not.to.deep.equal([]);
    expect(files.filter((file) => /@holdfast\/(node|web)\//.test(file))).to.deep.equal([]);
  });
});
