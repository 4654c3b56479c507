/**
 * To whom a letter is: to names of one's own, to the other, to oneself, to someone else, to no one.
 */

import { b64 } from "../crypto/bytes.js";
import { sayOf } from "../naming/sentences.js";
import { say } from "../ui/sentences.js";

/** @typedef {"names" | "partner" | "self" | "other" | "none"} Addressee */

/** @param {Record<string, any>} letter @returns {Addressee} */
export function addressee({ for: words = [], whom, to }) {
  if (words.length) return "names";
  if (whom === "partner" || whom === "self") return whom;
  return to ? "other" : "none";
}

/**
 * As it stands above a letter, for whoever reads it; "" for a note.
 * @param {import("../journals/journal.js").Doc} doc
 * @param {boolean} mine
 * @param {import("../app.js").App} app
 */
export function letterTo(doc, mine, { journals, session }) {
  if (doc.type !== "letter") return "";
  switch (addressee(doc)) {
    case "names":
      return sayOf("letter-to-whom", doc.for);
    case "partner": {
      const { active } = session.spaces;
      const who = active ? journals.nameOf(b64(active.partner)) : "";
      return mine ? say("letter-to-partner", { who: who || say("someone") }) : say("letter-to-you");
    }
    case "self":
      return say(mine ? "letter-to-myself" : "letter-to-oneself");
    case "other":
      return say("letter-to", { to: String(doc.to) });
    default:
      return sayOf("letter-to-whom", []);
  }
}
