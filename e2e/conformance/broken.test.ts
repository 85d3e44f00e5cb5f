import { describe, expect, test } from 'vitest';
import { openServerThat } from './broken/apps.ts';
import { brokenCodecs } from './broken/codecs.ts';
import { brokenProtocols, dependsOnCuts } from './broken/protocols.ts';
import { makeProtocol } from './feed/protocol-side.ts';
import { playRow } from './play/play-row.ts';
import type { Row } from './row/row.ts';
import { runFeed, runFeeds } from './run/run-row.ts';
import { rows } from './sections/all.ts';
import { openProtocolPair } from './tcp/protocol-pair.ts';

function rowOf(rule: string): Row {
  const found = rows.find((row) => row.rule === rule);
  if (!found) throw new Error(`no row has the rule "${rule}"`);
  return found;
}

describe('the rows fail with a side that', () => {
  test.each([...brokenProtocols, ...brokenCodecs])('$fault', async ({ rule, role, make, says }) => {
    const row = rowOf(rule);
    await runFeed(row, role, 'whole', makeProtocol);
    await expect(runFeed(row, role, 'whole', make)).rejects.toThrow(says);
    await expect(runFeed(row, role, 'whole', make)).rejects.toThrow(`row ${row.id} (${role}, whole), "${rule}": step `);
  });

  test('lets its answer depend on how TCP cuts', async () => {
    const row = rowOf('In a whole frame: U+110000');
    await runFeeds(row, 'server');
    await expect(runFeeds(row, 'server', undefined, dependsOnCuts)).rejects.toThrow(
      'expected the same as whole, got something else byte by byte',
    );
  });
});

describe('the rows fail over TCP with a side that', () => {
  const overTcp = brokenProtocols.filter(({ fault }) =>
    ['ends TCP first, as a client', 'answers a fault with another code', 'loses the last byte of a message'].includes(
      fault,
    ),
  );

  test.each(overTcp)('$fault', async ({ rule, role, make }) => {
    const row = rowOf(rule);
    const sound = await openProtocolPair(row, role);
    await playRow(row, sound);
    sound.close();

    const bench = await openProtocolPair(row, role, make);
    await expect(playRow(row, bench)).rejects.toThrow(/^step \d+ \(\w+\): expected /);
    bench.close();
  });

  const closes = rowOf('A close frame behind a text: the text comes back, then the close frame is answered');
  const onlyTheEnd: Row = { ...closes, steps: closes.steps.slice(-4).filter((step) => step.do !== 'hear') };

  test('ends TCP in order, and only then passes', async () => {
    const bench = await openServerThat((socket) => socket.end());
    await playRow(onlyTheEnd, bench);
    bench.close();
  });

  test('resets TCP', async () => {
    const bench = await openServerThat((socket) => socket.resetAndDestroy());
    await expect(playRow(onlyTheEnd, bench)).rejects.toThrow('TCP broken by a reset');
    bench.close();
  });
});
