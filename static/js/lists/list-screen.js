/** One list: the shared one, which both members edit concurrently, or the private one. */

import { EVENTS } from "../net/events.js";
import { mountPinPrompt } from "../ui/pin-prompt.js";
import { fill, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { LISTS } from "../content/lists.js";
import { ListView } from "./list-view.js";
import { childController, onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "list",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [name = ""], signal) {
    if (!LISTS.includes(name)) return void app.router.navigate("space/lists", { replace: true });
    const { journals, live, pinLock } = app;
    const linked = journals.shared !== null;
    /** @type {ListView | null} */
    let sheet = null;
    let viewShown = childController(signal);
    fill(root, { title: t(`list-${name}`), about: t(`list-${name}-about`) });
    setVisible(root, "views", linked);

    const choose = async (/** @type {boolean} */ shared) => {
      for (const button of part(root, "views").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String((button.dataset.view === "ours") === shared));
      }
      sheet = null;
      viewShown.abort();
      viewShown = childController(signal);
      if (!shared && pinLock.isLocked) return mountPinPrompt(part(root, "place"), pinLock);
      sheet = new ListView(app, name, shared, viewShown.signal);
      part(root, "place").replaceChildren(sheet.root);
      await sheet.start().catch((error) => showToast(errorMessage(error)));
    };
    for (const button of part(root, "views").querySelectorAll("button")) {
      button.addEventListener("click", () => void choose(button.dataset.view === "ours"));
    }
    // the list is loaded again when there is a connection
    const reload = () => void sheet?.load().catch(() => {});
    const anew = () => void app.router.render();
    onAbort(signal, live.listen(EVENTS.journalChanged, reload));
    live.addEventListener("resync", reload, { signal });
    pinLock.addEventListener("changed", anew, { signal });
    await choose(linked); // the private list is loaded when it is tapped
  },
};
