/** Keepsakes one by one: the current one, the previous, the next. */

import { mountPinPrompt } from "../ui/pin-prompt.js";
import { on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { KeepsakeCard } from "./keepsake-card.js";
import { Keepsakes } from "./keepsakes.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "keepsake-look",
  auth: "member",
  title: "title",
  tab: "keepsakes",
  async mount(root, app, [first = ""], signal) {
    const { journals } = app;
    const keepsakes = new Keepsakes(journals);
    /** @type {KeepsakeCard | null} */
    let card = null;
    let id = first;
    let at = 0;

    const render = () => {
      const { list } = keepsakes;
      const found = list.findIndex((entry) => entry.id === id);
      at = found >= 0 ? found : Math.min(at, Math.max(0, list.length - 1));
      const entry = list[at];
      if (!entry || entry.id !== card?.entry.id) {
        card?.close();
        card = entry ? new KeepsakeCard(app, keepsakes, entry, signal) : null;
        part(root, "one").replaceChildren(...(card ? [card.root] : []));
      }
      if (entry) {
        id = entry.id;
        card?.update(entry);
        app.router.replaceAddress(root, `space/keepsakes/look/${id}`);
      }
      setVisible(root, "previous", at > 0);
      setVisible(root, "next", at < list.length - 1);
      setVisible(root, "print", entry !== undefined);
    };
    /**
     * @param {1 | -1} step
     * @param {"previous" | "next"} way
     * @param {"previous" | "next"} other
     */
    const turn = (step, way, other) => {
      id = keepsakes.list[at + step]?.id ?? id;
      render();
      if (part(root, way).hidden) part(root, other).focus();
      window.scrollTo(0, 0);
    };
    if (journals.pinLock.isLocked) mountPinPrompt(part(root, "only-me"), journals.pinLock);
    on(root, "previous", "click", () => turn(-1, "previous", "next"));
    on(root, "next", "click", () => turn(1, "next", "previous"));
    on(root, "print", "click", () => window.print());
    await keepsakes.loadAll().catch((error) => showToast(errorMessage(error)));
    onAbort(signal, keepsakes.onChange(render));
    render();
    setVisible(root, "nothing", keepsakes.list.length === 0 && !journals.pinLock.isLocked);
  },
};
