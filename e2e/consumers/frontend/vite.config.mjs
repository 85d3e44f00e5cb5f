import { writeFileSync } from 'node:fs';

/** Writes down which modules are in the bundle. */
const listModules = {
  name: 'list-modules',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) =>
      Object.entries(chunk.modules ?? {})
        .filter(([, { renderedLength }]) => renderedLength > 0)
        .map(([id]) => id),
    );
    writeFileSync('modules.json', JSON.stringify(modules));
  },
};

export default { plugins: [listModules] };
