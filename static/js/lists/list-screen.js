/** One list: that of both, on which both write at once, or one's own. */

import { EVENTS } from "../net/events.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { LISTS } from "../content/lists.js";
import { ListView } from "./list-view.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "list",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [name = ""]) {
    if (!LISTS.includes(name)) return void app.router.navigate("space/lists", { replace: true });
    const { journals, live, pinLock } = app;
    const two = journals.shared !== null;
    /** @type {ListView | null} */
    let sheet = null;
    fill(root, { title: t(`list-${name}`), about: t(`list-${name}-about`) });
    setVisible(root, "views", two);

    const choose = async (/** @type {boolean} */ shared) => {
      for (const button of part(root, "views").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String((button.dataset.view === "ours") === shared));
      }
      sheet = null;
      if (!shared && pinLock.isLocked) return mountPinPrompt(part(root, "place"), pinLock);
      sheet = new ListView(app, name, shared);
      part(root, "place").replaceChildren(sheet.root);
      await sheet.start().catch((error) => showToast(errorMessage(error)));
    };
    for (const button of part(root, "views").querySelectorAll("button")) {
      button.addEventListener("click", () => void choose(button.dataset.view === "ours"));
    }
    // it asks again when there is a connection
    const look = () => void sheet?.load().catch(() => {});
    const anew = () => void app.router.render();
    const stop = live.listen(EVENTS.journalChanged, look);
    live.addEventListener("resync", look);
    pinLock.addEventListener("changed", anew);
    await choose(two); // one's own is there when it is touched
    return () => {
      stop();
      live.removeEventListener("resync", look);
      pinLock.removeEventListener("changed", anew);
    };
  },
};
