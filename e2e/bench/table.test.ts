import { describe, expect, test } from 'vitest';
import type { Row } from './result.ts';
import { formatGroup, formatWanted } from './table.ts';

const spread = (median: number) => ({ median, low: median / 2, high: median * 2 });

describe('formatWanted', () => {
  test.each([
    { better: 'more', ratio: 20, is: 20, said: '≥ 20 ws: yes' },
    { better: 'more', ratio: 20, is: 19.9, said: '≥ 20 ws: NO' },
    { better: 'less', ratio: 0.95, is: 0.95, said: '≤ 0.95 ws: yes' },
    { better: 'less', ratio: 0.95, is: 0.96, said: '≤ 0.95 ws: NO' },
  ] as const)('where $better is better, $is of $ratio is told as "$said"', ({ better, ratio, is, said }) => {
    expect(formatWanted({ better, wanted: [{ against: 'ws', ratio }], ratios: { ws: spread(is) } })).toBe(said);
  });

  test('tells all that was wanted, and nothing where nothing was', () => {
    const ratios = { ws: spread(3), 'bare socket': spread(0.5) };
    const wanted = [
      { against: 'ws', ratio: 2 },
      { against: 'bare socket', ratio: 0.6 },
    ] as const;
    expect(formatWanted({ better: 'more', wanted, ratios })).toBe('≥ 2 ws: yes, ≥ 0.6 bare socket: NO');
    expect(formatWanted({ better: 'more', ratios })).toBe('');
  });
});

describe('formatGroup', () => {
  const row = (name: string, more: Partial<Row>): Row => ({
    group: 'send',
    name,
    unit: 'messages/s',
    better: 'more',
    figures: {},
    ratios: {},
    ...more,
  });

  test('lines up a column for each contender that any row has, below the name of the group', () => {
    const rows = [
      row('send 64 B', {
        figures: { holdfast: { ...spread(4.5e6), cpuUs: 0.2 }, ws: spread(225_000) },
        ratios: { ws: spread(20) },
        wanted: [{ against: 'ws', ratio: 20 }],
      }),
      row('memory', { unit: 'bytes', figures: { holdfast: spread(6144) } }),
    ];
    expect(formatGroup('send', rows).split('\n')).toEqual([
      'send       holdfast               ws                         wanted',
      'send 64 B  4.50 M/s cpu 0.200 µs  225 k/s ×20.0 (10.0–40.0)  ≥ 20 ws: yes',
      'memory     6.00 KiB',
    ]);
  });
});
