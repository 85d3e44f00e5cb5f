import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Consumer, makeConsumer } from './consumer.ts';

const compiler = fileURLToPath(new URL('../../node_modules/@typescript/native/bin/tsc', import.meta.url));

describe('a project that measures', () => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await makeConsumer('measured', {
      '@holdfast/otel': 'packed',
      '@opentelemetry/api': '1.9.0',
      '@opentelemetry/sdk-metrics': '2.12.0',
    });
  });
  afterAll(() => consumer?.remove());

  test.each(['run.mjs', 'run.cjs'])('%s counts at both ends', async (file) => {
    expect((await consumer.run(process.execPath, file)).trim().split('\n').sort()).toEqual([
      'holdfast.client.messages 1 1',
      'holdfast.server.messages 1 1',
    ]);
  });

  test.each(['node16', 'bundler'])('its types are read with %s, without the DOM', async (moduleResolution) => {
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2022', 'ESNext.Disposable'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
      moduleResolution,
    };
    const config = join(consumer.folder, 'tsconfig.json');
    await writeFile(config, JSON.stringify({ compilerOptions, files: ['service.ts'] }));
    await consumer.run(process.execPath, compiler, '-p', config);
  });
});
