import type { Page } from 'playwright-core';

/** What the Tab key did on a page. */
export interface TabWalk {
  /** How many things one can act on. */
  readonly count: number;
  /** Those that the key did not come to, and those whose focus does not show. */
  readonly unreached: readonly string[];
  readonly unseen: readonly string[];
}

type Noted = typeof globalThis & { walk?: Walk };

interface Walk {
  readonly wanted: Element[];
  readonly reached: Set<Element>;
  readonly unseen: string[];
}

/** Presses Tab from the top of the page until everything had its turn. */
export async function walkByTab(page: Page): Promise<TabWalk> {
  const count = await page.evaluate(beginWalk);
  // Beyond what is listed there are regions that scroll, which a browser lets the key come to.
  const most = count + 200;
  for (let presses = 0; presses < most; presses += 10) {
    for (let press = 0; press < 10; press++) await page.keyboard.press('Tab');
    if (await page.evaluate(isRound)) break;
  }
  return page.evaluate(endWalk);
}

/** In the page: lists what one can act on, and notes what gets the focus and whether that shows. */
function beginWalk(): number {
  const selector = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]';
  const isWanted = (element: Element): boolean => {
    const { disabled, tabIndex } = element as HTMLInputElement;
    const isOpen = element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
    const { width, height } = element.getBoundingClientRect();
    const isOtherRadio = element.matches('input[type=radio]:not(:checked)');
    return !disabled && tabIndex >= 0 && isOpen && width * height > 0 && !isOtherRadio;
  };
  const wanted = [...document.querySelectorAll(selector)].filter(isWanted);
  const walk: Walk = { wanted, reached: new Set(), unseen: [] };
  (globalThis as Noted).walk = walk;
  const shows = (element: Element): boolean => {
    const candidates = [element, element.parentElement, ...element.querySelectorAll('*')].slice(0, 12);
    return candidates.some((candidate) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(candidate ?? element);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || (candidate === element && boxShadow !== 'none');
    });
  };
  document.addEventListener('focusin', ({ target }) => {
    const element = target as Element;
    if (!walk.reached.has(element) && !shows(element)) walk.unseen.push(element.outerHTML.slice(0, 120));
    walk.reached.add(element);
  });
  (document.activeElement as HTMLElement | null)?.blur();
  return wanted.length;
}

/** In the page: whether the focus has been at everything. What holds it keeps it from the rest. */
function isRound(): boolean {
  const { walk } = globalThis as Noted;
  return !!walk && walk.wanted.every((element) => walk.reached.has(element) || !element.isConnected);
}

function endWalk(): TabWalk {
  const { wanted = [], reached = new Set<Element>(), unseen = [] } = (globalThis as Noted).walk ?? {};
  const isShown = (element: Element) => element.isConnected && element.checkVisibility({ visibilityProperty: true });
  return {
    count: wanted.length,
    unreached: wanted
      .filter((element) => !reached.has(element) && isShown(element))
      .map((element) => element.outerHTML.slice(0, 120)),
    unseen,
  };
}
