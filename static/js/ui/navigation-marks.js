/** What around a screen shows where the person is: the tabs, the language links, the focus. */

import { part } from "./dom.js";

/**
 * Point the language links at the current path, not at the initial one.
 * @param {string} path
 */
export function markLanguages(path) {
  for (const link of document.querySelectorAll(".languages a")) {
    link.setAttribute("href", `/${link.getAttribute("hreflang")}/${path}`);
  }
}

/**
 * Mark the tab of the current screen.
 * @param {string} tab "" for a screen without tabs
 * @param {boolean} open whether the session is unlocked
 */
export function markTab(tab, open) {
  const bar = part(document.body, "tabs");
  bar.hidden = !open || !tab;
  document.body.classList.toggle("with-tabs", open && Boolean(tab));
  // the links in the bar, and the one in the corner
  const links = document.querySelectorAll("a[data-tab]");
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (links)) {
    if (!bar.contains(link)) link.hidden = bar.hidden;
    if (link.dataset.tab === tab) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/**
 * Move the focus to the heading, for screen readers and keyboards.
 * @param {HTMLElement} root
 */
export function takeFocus(root) {
  const heading = root.querySelector("h1");
  if (!(heading instanceof HTMLElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
