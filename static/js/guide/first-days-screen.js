/** The first days, as a screen; it requires nobody to be signed in. */

import { mountReadAloud } from "./read-aloud.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "guide-first-days",
  auth: "none",
  title: "title",
  tab: "guide",
  mount(root, _, __, signal) {
    root.addEventListener("click", (event) => goTo(root, event));
    mountReadAloud(root, signal);
  },
};

/**
 * Scroll to a part of the page without navigation, so that unfolded parts stay unfolded.
 * @param {HTMLElement} root
 * @param {Event} event
 */
function goTo(root, event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const own = link?.getAttribute("href")?.startsWith("#") && root.querySelector(link.hash);
  if (!own) return;
  const heading = own.querySelector("h2") ?? own;
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  own.scrollIntoView();
  event.preventDefault();
  event.stopPropagation();
}
