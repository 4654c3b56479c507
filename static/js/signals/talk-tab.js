/** Lights the Talk tab on every screen while something of the partner's is there. */

import { part } from "../ui/dom.js";
import { t } from "../ui/i18n.js";

/** @param {import("../services.js").Services} app */
export function watchTalkTab({ signals }) {
  const tab = part(document.body, "tabs").querySelector('[data-tab="talk"]');
  signals.addEventListener("changed", () => {
    const there = signals.theirs !== null;
    tab?.classList.toggle("said", there);
    tab?.setAttribute("aria-label", t(there ? "talk-tab-said" : "talk-tab"));
    tab?.querySelector(".icon")?.setAttribute("fill", there ? "currentColor" : "none");
  });
}
