import type { Page } from 'playwright-core';

/** What reaches beyond the right edge of the window and makes the page scroll sideways, outermost first; none: []. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (element: Element): boolean => {
      for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowX !== 'visible') return true;
      }
      return false;
    };
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`;
    const wide = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1 && !isClipped(element))
      .slice(0, 5)
      .map((element) => `${name(element)} reaches ${Math.round(element.getBoundingClientRect().right)}`);
    return [`the page is ${scrollWidth} wide in a window of ${clientWidth}`, ...wide];
  });
}
