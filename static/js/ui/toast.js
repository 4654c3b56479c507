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
  const notice = part(document.body, "notice");
  notice.textContent = text;
  notice.hidden = false;
  const go = () => {
    notice.hidden = true;
    notice.textContent = "";
  };
  notice.onclick = go;
  clearTimeout(timer);
  timer = window.setTimeout(go, STAYS_MS);
}
