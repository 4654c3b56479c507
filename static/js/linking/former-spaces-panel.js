/** Links to former spaces, in Settings and in the journal. */

import { toBase64Url } from "../crypto/bytes.js";
import { clone, part } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { formatDay } from "../ui/format-date.js";

/**
 * @param {import("../services.js").Services} app
 * @returns {HTMLElement[]}
 */
export function formerSpaceLinks({ session }) {
  return session.spaces.archives.map((space) => {
    const line = clone("archive-link");
    const link = /** @type {HTMLAnchorElement} */ (part(line, "link"));
    link.href = `/${locale()}/space/archive/${toBase64Url(space.id)}`;
    link.textContent = formerSpaceTitle(space);
    return line;
  });
}

/** @param {import("../session/space-keys.js").OpenSpace} space */
export function formerSpaceTitle({ name, since }) {
  return t("archive-of", { name: name || t("someone"), date: formatDay(since) });
}
