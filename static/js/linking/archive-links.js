/** The ways to what was shared before: from Settings and from the journal. */

import { b64 } from "../crypto/bytes.js";
import { day } from "../journals/card.js";
import { clone, part } from "../ui/dom.js";
import { language, say } from "../ui/sentences.js";

/** @param {import("../app.js").App} app @returns {HTMLElement[]} */
export function archiveLinks({ session }) {
  return session.spaces.archives.map((space) => {
    const line = clone("archive-link");
    const link = /** @type {HTMLAnchorElement} */ (part(line, "link"));
    link.href = `/${language()}/space/archive/${b64(space.id)}`;
    link.textContent = called(space);
    return line;
  });
}

/** @param {import("../session/space-keys.js").OpenSpace} space */
export function called({ name, since }) {
  return say("archive-of", { name: name || say("someone"), date: day(since) });
}
