/** Where one is signed in, and signing out there. */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { language, say, sayError } from "../ui/sentences.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sessions",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const trouble = (/** @type {unknown} */ error) => {
      fill(root, { trouble: sayError(error) });
      show(root, "trouble", true);
    };
    const list = async () => {
      const { sessions } = await app.api.get("/sessions");
      const lines = sessions.map((/** @type {any} */ one) => line(app, one, list, trouble));
      part(root, "list").replaceChildren(...lines);
      show(root, "others", sessions.length > 1);
    };
    on(root, "others", "click", async () => {
      await app.api.delete("/sessions").then(list).catch(trouble);
    });
    await list().catch(trouble);
  },
};

/**
 * @param {import("../app.js").App} app
 * @param {{ id: string, here: boolean, since: string, hour: string, device: string }} session
 * @param {() => Promise<void>} again
 * @param {(error: unknown) => void} trouble
 */
function line(app, session, again, trouble) {
  const item = clone("session-line");
  const device = say(`device-${session.device}`);
  const day = new Intl.DateTimeFormat(language(), { dateStyle: "long" });
  fill(item, {
    what: session.here ? say("device-here", { device }) : device,
    since: say("session-since", {
      date: day.format(new Date(session.since)),
      last: day.format(new Date(session.hour)),
    }),
  });
  show(item, "end", !session.here);
  on(item, "end", "click", () => {
    app.api.delete(`/sessions/${session.id}`).then(again).catch(trouble);
  });
  return item;
}
