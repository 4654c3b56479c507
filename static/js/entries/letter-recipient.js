/**
 * Recipients of a letter: names of the author's own, the partner, the author, someone else, no one.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { tNames } from "../naming/t-names.js";
import { t } from "../ui/i18n.js";

/** @typedef {"names" | "partner" | "self" | "other" | "none"} Addressee */

/**
 * @param {Record<string, any>} letter
 * @returns {Addressee}
 */
export function addressee({ for: words = [], whom, to }) {
  if (words.length) return "names";
  if (whom === "partner" || whom === "self") return whom;
  return to ? "other" : "none";
}

/**
 * Return the line above a letter for any reader, or "" for a note.
 * @param {import("../replica/journal.js").Doc} doc
 * @param {boolean} mine
 * @param {import("../services.js").Services} app
 */
export function recipientLine(doc, mine, { journals, session }) {
  if (doc.type !== "letter") return "";
  switch (addressee(doc)) {
    case "names":
      return tNames("letter-to-whom", doc.for);
    case "partner": {
      const { active } = session.spaces;
      const who = active ? journals.nameOf(toBase64Url(active.partner)) : "";
      return mine ? t("letter-to-partner", { who: who || t("someone") }) : t("letter-to-you");
    }
    case "self":
      return t(mine ? "letter-to-myself" : "letter-to-oneself");
    case "other":
      return t("letter-to", { to: String(doc.to) });
    default:
      return tNames("letter-to-whom", []);
  }
}
