import { readFileSync } from 'node:fs';
import { serve, type ServeOptions } from '@holdfast/node/server';
import { describe, expect, test } from 'vitest';

const guide = readFileSync(new URL('../../docs/guide/server.md', import.meta.url), 'utf8');
const tables = [...guide.slice(guide.indexOf('\n## Options')).matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);

/** The options that exist, as the error for one that does not names them. */
async function namesOf(options: object, prefix = ''): Promise<string[]> {
  const error: unknown = await serve(options as ServeOptions, () => {}).catch((thrown: unknown) => thrown);
  const [, names = ''] = /allowed: (.*)$/.exec((error as Error).message) ?? [];
  return names.split(',').map((name) => `${prefix}${name}`);
}

describe('the guide to the server', () => {
  test('has every option in a table, and no other', async () => {
    const options = await Promise.all([
      namesOf({ none: 1 }),
      namesOf({ port: 0, limits: { none: 1 } }, 'limits.'),
      namesOf({ port: 0, heartbeat: { none: 1 } }, 'heartbeat.'),
    ]);
    const all = options.flat().filter((name) => name !== 'limits');
    expect(all.length).toBeGreaterThan(25);
    expect(new Set(tables)).toEqual(new Set(all));
    expect(tables).toHaveLength(all.length);
  });
});
