import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { house } from '../../../scripts/house.ts';
import { peers } from '../all.ts';
import { checks } from '../checks/all.ts';
import { pagePath, renderPage } from './render-page.ts';
import { Results } from './results.ts';

/** The results of a run in which all went well, but for the first check with these. */
function resultsBut(...failing: string[]): Results {
  const results = new Results();
  for (const peer of peers) {
    results.noteVersion(peer, '1.2.3');
    for (const compression of [false, true]) {
      for (const check of checks) {
        results.add(peer, compression, check, check !== checks[0] || !failing.includes(peer.name));
      }
    }
  }
  return results;
}

/** Versions are those of the machine of the run. */
const withoutVersions = (page: string) =>
  page.replace(/\| [\w.+~-]+ \|$/gm, (cell) => (/\d/.test(cell) ? '| v |' : cell));

test('the page in docs is that of the checks as they are, all of which pass; `npm run peers -- --write` writes it', () => {
  const page = readFileSync(`${house}/${pagePath}`, 'utf8');
  expect(withoutVersions(page)).toBe(withoutVersions(renderPage(peers, resultsBut())));
});

test('what fails shows on the page, where it fails', () => {
  const page = renderPage(peers, resultsBut('Chromium'));
  expect(page.match(/\*\*8 of 9 FAIL\*\*/g)).toHaveLength(2);
  expect(resultsBut('ws').total.failed).toBe(4);
});
