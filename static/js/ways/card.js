/** A card as it is read: sentences in the reader's language, then the writer's own words. */

import { clone, fill, part, show } from "../ui/dom.js";
import { offered } from "../ui/offered.js";
import { say } from "../ui/sentences.js";
import { wordsOn } from "./ways.js";

/** @param {import("./ways.js").Entry} card @param {string} head */
export function wayCard(card, head) {
  const root = clone(card.shared ? "way-ours" : "way-mine");
  const { sentences, text } = wordsOn(card);
  const known = offered("way-list").filter(({ id }) => sentences.includes(id));
  const lines = known.map((one) => {
    const line = document.createElement("li");
    line.textContent = one.text;
    return line;
  });
  const trouble = card.trouble || (known.length < sentences.length ? "newer" : "");
  fill(root, { head, text, trouble: trouble && say(`trouble-${trouble}`) });
  part(root, "sentences").replaceChildren(...lines);
  show(root, "trouble", trouble !== "");
  return root;
}
