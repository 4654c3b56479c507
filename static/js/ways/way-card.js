/**
 * A way card as it is read: preset sentences in the reader's language, then the author's own words.
 */

import { clone, fill, part, setVisible } from "../ui/dom.js";
import { readPresets } from "../content/presets.js";
import { t } from "../ui/i18n.js";
import { cardContent } from "./ways.js";

/**
 * @param {import("./ways.js").Entry} card
 * @param {string} head
 */
export function wayCard(card, head) {
  const root = clone(card.shared ? "way-ours" : "way-mine");
  const { sentences, text } = cardContent(card);
  const known = readPresets("way-list").filter(({ id }) => sentences.includes(id));
  const lines = known.map((preset) => {
    const line = document.createElement("li");
    line.textContent = preset.text;
    return line;
  });
  const trouble = card.trouble || (known.length < sentences.length ? "newer" : "");
  fill(root, { head, text, trouble: trouble && t(`trouble-${trouble}`) });
  part(root, "sentences").replaceChildren(...lines);
  setVisible(root, "trouble", trouble !== "");
  return root;
}
