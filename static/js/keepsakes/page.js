/** Keepsakes: to look at them, to put something in, what is on its way, and the way to the rest. */

import { showClosed } from "../safety/open-only-me.js";
import { on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { removedLines } from "../journals/besides.js";
import { Keepsakes } from "./keepsakes.js";
import { Sending } from "./sending.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsakes",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app) {
    const { journals } = app;
    const keepsakes = new Keepsakes(journals);
    const sending = new Sending(part(root, "sending"), keepsakes);
    let turn = 0;
    const draw = async () => {
      const mine = ++turn;
      show(root, "look", keepsakes.list.length > 0);
      const gone = await removedLines(app, ({ doc }) => keepsakes.types.includes(doc.type));
      if (mine === turn) part(root, "removed").replaceChildren(...gone);
    };
    if (journals.onlyMe.closed) showClosed(part(root, "only-me"), journals.onlyMe);
    on(root, "look", "click", () => void app.router.go("space/keepsakes/look"));
    const stops = [keepsakes.watch(() => void draw()), sending.start()];
    await Promise.all([draw(), sending.draw()]);
    keepsakes.load().then(draw, (error) => notice(sayError(error)));
    return () => stops.forEach((stop) => stop());
  },
};
