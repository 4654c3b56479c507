/** Keepsakes one by one: the one that one looks at, the one before, the next. */

import { showClosed } from "../safety/open-only-me.js";
import { on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, sayError } from "../ui/sentences.js";
import { KeepsakeCard } from "./card.js";
import { Keepsakes } from "./keepsakes.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-look",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [first = ""]) {
    const { journals } = app;
    const keepsakes = new Keepsakes(journals);
    /** @type {KeepsakeCard | null} */
    let card = null;
    let id = first;
    let at = 0;

    const draw = () => {
      const { list } = keepsakes;
      const found = list.findIndex((entry) => entry.id === id);
      at = found >= 0 ? found : Math.min(at, Math.max(0, list.length - 1));
      const entry = list[at];
      if (!entry || entry.id !== card?.entry.id) {
        card?.close();
        card = entry ? new KeepsakeCard(app, keepsakes, entry) : null;
        part(root, "one").replaceChildren(...(card ? [card.root] : []));
      }
      if (entry) {
        id = entry.id;
        card?.update(entry);
        history.replaceState(null, "", `/${language()}/space/keepsakes/look/${id}`);
      }
      show(root, "previous", at > 0);
      show(root, "next", at < list.length - 1);
      show(root, "print", entry !== undefined);
    };
    /** @param {1 | -1} step @param {"previous" | "next"} way @param {"previous" | "next"} other */
    const turn = (step, way, other) => {
      id = keepsakes.list[at + step]?.id ?? id;
      draw();
      if (part(root, way).hidden) part(root, other).focus();
      window.scrollTo(0, 0);
    };
    if (journals.onlyMe.closed) showClosed(part(root, "only-me"), journals.onlyMe);
    on(root, "previous", "click", () => turn(-1, "previous", "next"));
    on(root, "next", "click", () => turn(1, "next", "previous"));
    on(root, "print", "click", () => window.print());
    await keepsakes.load().catch((error) => notice(sayError(error)));
    const stop = keepsakes.watch(draw);
    draw();
    show(root, "nothing", keepsakes.list.length === 0 && !journals.onlyMe.closed);
    return () => {
      stop();
      card?.close();
    };
  },
};
