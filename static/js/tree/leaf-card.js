/** One leaf, opened: its words, its author and its day; its author can remove it. */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { formatDay } from "../ui/format-date.js";

/** @typedef {import("./tree.js").Leaf} Leaf */

export class LeafCard {
  /**
   * @param {import("../services.js").Services} app
   * @param {import("./tree.js").Tree} tree
   * @param {Leaf} leaf
   * @param {{ next: () => void, close: () => void, changed: () => void }} then
   */
  constructor(app, tree, leaf, then) {
    const { shared } = tree.journal;
    const root = (this.root = clone(shared ? "leaf-ours" : "leaf-mine"));
    const who = leaf.mine ? t("you") : app.journals.nameOf(leaf.author);
    fill(root, {
      who: shared ? t("ours-by", { who }) : t("only-me"),
      date: formatDay(leaf.since),
      text: leaf.text,
    });
    setVisible(root, "next", tree.leaves.length > 1);
    setVisible(root, "down", leaf.mine);
    on(root, "next", "click", then.next);
    on(root, "close", "click", then.close);
    on(root, "down", "click", () => {
      setVisible(root, "down-box", true);
      part(root, "down-no").focus();
    });
    on(root, "down-no", "click", () => setVisible(root, "down-box", false));
    on(root, "down-yes", "click", () => {
      tree.takeDown(leaf.id).then(then.changed, (error) => showToast(errorMessage(error)));
    });
  }
}

/**
 * Render a leaf in the list.
 * @param {import("../services.js").Services} app
 * @param {Leaf} leaf
 * @param {() => void} read
 */
export function leafLine({ journals }, leaf, read) {
  const root = clone("leaf-line");
  const date = formatDay(leaf.since);
  const open = leaf.mine
    ? t("leaf-yours", { date })
    : t("leaf-of", { who: journals.nameOf(leaf.author), date });
  fill(root, { open });
  on(root, "open", "click", read);
  return root;
}
