/** The Talk tab on every page: lit while something of the other's stands there, as a candle is. */

import { part } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/** @param {import("../app.js").App} app */
export function watchTalk({ signals }) {
  const tab = part(document.body, "tabs").querySelector('[data-tab="talk"]');
  signals.addEventListener("changed", () => {
    const there = signals.theirs !== null;
    tab?.classList.toggle("said", there);
    tab?.setAttribute("aria-label", say(there ? "talk-tab-said" : "talk-tab"));
    tab?.querySelector(".icon")?.setAttribute("fill", there ? "currentColor" : "none");
  });
}
