/**
 * Setting a rest: its duration, and whether the partner may see it. One tap starts it, one ends it.
 */

import { clock } from "../clock.js";
import { morningAfter } from "../morning.js";
import { partnerName } from "../entries/partner-name.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { restLabel } from "./rest-label.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "rest",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, _, signal) {
    const { rest, session, router } = app;
    const visible = input(root, "visible");
    const render = () => {
      const { mine } = rest.state;
      const now = rest.resting ? restLabel(mine) : "";
      if (part(root, "now").textContent !== now) fill(root, { now });
      fill(root, { seen: t("rest-visible", { name: partnerName(app) }) });
      for (const name of ["back-box", "instead"]) setVisible(root, name, rest.resting);
      setVisible(root, "about", !rest.resting);
      setVisible(root, "visible-box", session.spaces.active !== null);
      if (mine) visible.checked = mine.visible;
    };
    const attempt = async (/** @type {() => Promise<void>} */ action) => {
      setVisible(root, "trouble", false);
      try {
        await action();
      } catch (error) {
        render(); // the state is unchanged
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    };
    for (const button of part(root, "lengths").querySelectorAll("button")) {
      const { nights } = button.dataset;
      button.addEventListener("click", () => {
        const until = nights ? morningAfter(clock.date, Number(nights)) : null;
        void attempt(() => rest.begin(until, visible.checked));
      });
    }
    visible.addEventListener("change", () => {
      const { mine } = rest.state;
      if (!rest.resting || !mine) return;
      const until = mine.until ? new Date(mine.until) : null;
      void attempt(() => rest.begin(until, visible.checked));
    });
    on(root, "back", "click", () => {
      void attempt(async () => {
        await rest.end();
        await router.navigateIfCurrent(root, "space/talk");
      });
    });
    rest.addEventListener("changed", render, { signal });
    if (!rest.isLoaded) await rest.load().catch(() => {});
    render();
  },
};
