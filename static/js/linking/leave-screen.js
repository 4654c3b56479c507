/**
 * Leaving the space: the screen says first what happens, then does it. It needs nobody's consent.
 */

import { fill, on, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "leave",
  auth: "member",
  title: "title",
  tab: "settings",
  survivesSpaceEnd: true,
  mount(root, app, _, signal) {
    const { session, router } = app;
    const gone = () => router.navigate("space/settings", { replace: true });
    if (!session.spaces.canLeave) return void gone();
    let leaving = false;
    const ended = () => {
      if (!leaving && session.state === "unlocked" && !session.spaces.canLeave) void gone();
    };
    session.addEventListener("me", ended, { signal });
    on(root, "yes", "click", async () => {
      if (leaving) return;
      leaving = true;
      try {
        await app.api.delete("/space");
        await session.refresh();
        showToast(t("left"));
        await gone();
      } catch (error) {
        leaving = false;
        fill(root, { trouble: errorMessage(error) });
        setVisible(root, "trouble", true);
      }
    });
  },
};
