/** One leaf, read: its words, whose they are and of which day; its author may take it down. */

import { day } from "../journals/card.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/** @typedef {import("./tree.js").Leaf} Leaf */

export class LeafCard {
  /**
   * @param {import("../app.js").App} app
   * @param {import("./tree.js").Tree} tree
   * @param {Leaf} leaf
   * @param {{ next: () => void, close: () => void, changed: () => void }} then
   */
  constructor(app, tree, leaf, then) {
    const { shared } = tree.journal;
    const root = (this.root = clone(shared ? "leaf-ours" : "leaf-mine"));
    const who = leaf.mine ? say("you") : app.journals.nameOf(leaf.author);
    fill(root, {
      who: shared ? say("ours-by", { who }) : say("only-me"),
      date: day(leaf.since),
      text: leaf.text,
    });
    show(root, "next", tree.leaves.length > 1);
    show(root, "down", leaf.mine);
    on(root, "next", "click", then.next);
    on(root, "close", "click", then.close);
    on(root, "down", "click", () => {
      show(root, "down-box", true);
      part(root, "down-no").focus();
    });
    on(root, "down-no", "click", () => show(root, "down-box", false));
    on(root, "down-yes", "click", () => {
      tree.takeDown(leaf.id).then(then.changed, (error) => notice(sayError(error)));
    });
  }
}

/**
 * A leaf in the list.
 * @param {import("../app.js").App} app
 * @param {Leaf} leaf
 * @param {() => void} read
 */
export function leafLine({ journals }, leaf, read) {
  const root = clone("leaf-line");
  const date = day(leaf.since);
  const open = leaf.mine
    ? say("leaf-yours", { date })
    : say("leaf-of", { who: journals.nameOf(leaf.author), date });
  fill(root, { open });
  on(root, "open", "click", read);
  return root;
}
