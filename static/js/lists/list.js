/** One list: that of both, on which both write at once, or one's own. */

import { EVENTS } from "../net/events.js";
import { showClosed } from "../safety/open-only-me.js";
import { fill, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { LISTS } from "./lists.js";
import { Sheet } from "./sheet.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "list",
  needs: "member",
  title: "title",
  tab: "keepsakes",
  async show(root, app, [name = ""]) {
    if (!LISTS.includes(name)) return void app.router.go("space/lists", { replace: true });
    const { journals, live, onlyMe } = app;
    const two = journals.shared !== null;
    /** @type {Sheet | null} */
    let sheet = null;
    fill(root, { title: say(`list-${name}`), about: say(`list-${name}-about`) });
    show(root, "views", two);

    const choose = async (/** @type {boolean} */ shared) => {
      for (const button of part(root, "views").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String((button.dataset.view === "ours") === shared));
      }
      sheet = null;
      if (!shared && onlyMe.closed) return showClosed(part(root, "place"), onlyMe);
      sheet = new Sheet(app, name, shared);
      part(root, "place").replaceChildren(sheet.root);
      await sheet.begin().catch((error) => notice(sayError(error)));
    };
    for (const button of part(root, "views").querySelectorAll("button")) {
      button.addEventListener("click", () => void choose(button.dataset.view === "ours"));
    }
    // it asks again when there is a connection
    const look = () => void sheet?.load().catch(() => {});
    const anew = () => void app.router.show();
    const stop = live.listen(EVENTS.journalChanged, look);
    live.addEventListener("ask", look);
    onlyMe.addEventListener("changed", anew);
    await choose(two); // one's own is there when it is touched
    return () => {
      stop();
      live.removeEventListener("ask", look);
      onlyMe.removeEventListener("changed", anew);
    };
  },
};
