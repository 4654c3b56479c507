/** Talk: what lies on the table, and the way to the questions. */

import { EVENTS } from "../net/events.js";
import { fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { beside } from "./beside.js";
import { question } from "./questions-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "talk",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app) {
    const { table } = app;
    const stopBeside = beside(root, app);
    const draw = async () => {
      const found = question(await table.question().catch(() => ""));
      fill(root, { question: found?.text ?? "" });
      show(root, "laid", found !== null);
      show(root, "bare", found === null);
      const link = /** @type {HTMLAnchorElement} */ (part(root, "answer"));
      if (found) link.href = link.href.replace(/question\/.*$/, `question/${found.id}`);
    };
    on(root, "put-back", "click", () => {
      table.lay("").then(draw, (error) => notice(sayError(error)));
    });
    const stop = app.live.listen(EVENTS.journalChanged, () => void draw());
    await draw();
    const stops = [stop, await stopBeside];
    return () => stops.forEach((one) => one());
  },
};
