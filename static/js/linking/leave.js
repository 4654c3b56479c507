/** Leaving the space: says first what happens, then does it. Nobody's consent is asked. */

import { on } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "leave",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    on(root, "yes", "click", async () => {
      try {
        await app.api.delete("/space");
        await app.session.refresh();
        notice(say("left"));
        await app.router.go("space/settings", { replace: true });
      } catch (error) {
        notice(sayError(error));
      }
    });
  },
};
