/** Leaving the space: says first what happens, then does it. Nobody's consent is asked. */

import { fill, on, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/**
 * Whether there is a space to leave, one that does not open too.
 * @param {import("../app.js").App} app
 */
export function canLeave({ session }) {
  return session.known.space?.state === "active";
}

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "leave",
  needs: "member",
  title: "title",
  tab: "settings",
  endures: true,
  show(root, app) {
    const { session, router } = app;
    const gone = () => router.go("space/settings", { replace: true });
    if (!canLeave(app)) return void gone();
    let leaving = false;
    const ended = () => {
      if (!leaving && session.state === "open" && !canLeave(app)) void gone();
    };
    session.addEventListener("me", ended);
    on(root, "yes", "click", async () => {
      if (leaving) return;
      leaving = true;
      try {
        await app.api.delete("/space");
        await session.refresh();
        notice(say("left"));
        await gone();
      } catch (error) {
        leaving = false;
        fill(root, { trouble: sayError(error) });
        show(root, "trouble", true);
      }
    });
    return () => session.removeEventListener("me", ended);
  },
};
