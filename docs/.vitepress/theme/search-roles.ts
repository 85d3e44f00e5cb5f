/**
 * Says what the search box of VitePress is: a dialog with a list of links. As it comes it is a button that holds a field, and
 * options that hold links, which a screen reader cannot enter.
 */
export function mendSearchRoles(): void {
  new MutationObserver(() => {
    const box = document.querySelector('.VPLocalSearchBox');
    if (!box) return;
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-label', 'Search');
    for (const part of box.querySelectorAll('[role=listbox], [role=option]')) {
      part.removeAttribute('role');
      part.removeAttribute('aria-selected');
    }
    // A key has no role that takes a name; as a picture it has.
    for (const key of box.querySelectorAll('kbd[aria-label]')) key.setAttribute('role', 'img');
  }).observe(document.body, { childList: true, subtree: true });
}
