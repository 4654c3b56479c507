/** Talk: what lies on the table, and the way to the questions. Of answers nothing is said here. */

import { EVENTS } from "../net/events.js";
import { fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { outside } from "./asked.js";
import { beside } from "./beside.js";
import { question } from "./questions-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "talk",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app) {
    const { deck, table } = app;
    /** @type {import("./questions-data.js").Question | null} */
    let found = null;
    const stopBeside = beside(root, app);
    const draw = async () => {
      const laid = await table.laid().catch(() => ({ id: "", asked: "" }));
      found = question(laid.id) ?? outside(laid.id, laid.asked);
      fill(root, { question: found?.text ?? "" });
      show(root, "laid", found !== null);
      show(root, "bare", found === null);
      const link = /** @type {HTMLAnchorElement} */ (part(root, "answer"));
      if (found) link.href = link.href.replace(/question\/.*$/, `question/${found.id}`);
    };
    const putBack = (/** @type {"aside" | "talked"} */ as) => {
      const { id } = found ?? { id: "" };
      const done = () => {
        deck.mark(id, as);
        if (as === "talked") notice(say("talked"));
        return draw();
      };
      table.putBack().then(done, (error) => notice(sayError(error)));
    };
    on(root, "put-back", "click", () => putBack("aside"));
    on(root, "talked", "click", () => putBack("talked"));
    const stop = app.live.listen(EVENTS.journalChanged, () => void draw());
    await draw();
    const stops = [stop, await stopBeside];
    return () => stops.forEach((one) => one());
  },
};
