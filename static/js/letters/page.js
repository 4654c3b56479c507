/** Letters, those of one's own folded, those that are closed with their day alone. */

import { Cards } from "../journals/cards.js";
import { Collection } from "../journals/collection.js";
import { showClosed } from "../safety/open-only-me.js";
import { part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "letters",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app) {
    const letters = new Collection(app.journals, ["letter"]);
    const cards = new Cards(app, part(root, "list"));
    const { onlyMe } = app.journals;
    if (onlyMe.closed) showClosed(part(root, "only-me"), onlyMe);
    let all = false;
    const draw = () => {
      const { list } = letters;
      cards.draw(list);
      show(root, "nothing", all && list.length === 0 && !onlyMe.closed);
    };
    const stop = letters.watch(draw);
    await letters.load().catch((error) => notice(sayError(error)));
    all = true;
    draw();
    return stop;
  },
};
