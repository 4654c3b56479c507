/**
 * A toast: one quiet line that says what has just happened. It is announced, and disappears by
 * itself.
 */

import { part } from "./dom.js";

const STAYS_MS = 6000; // long enough to read a sentence twice

let timer = 0;

/**
 * Show a toast in its reserved place.
 * @param {string} text
 */
export function showToast(text) {
  const place = part(document.body, "notice");
  place.textContent = text;
  place.hidden = false;
  const go = () => {
    place.hidden = true;
    place.textContent = "";
  };
  place.onclick = go;
  clearTimeout(timer);
  timer = window.setTimeout(go, STAYS_MS);
}
