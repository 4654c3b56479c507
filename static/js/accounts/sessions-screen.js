/** The member's sessions on all devices, and signing them out. */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { locale, t, errorMessage } from "../ui/i18n.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sessions",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const trouble = (/** @type {unknown} */ error) => {
      if (signal.aborted) return;
      fill(root, { trouble: errorMessage(error) });
      setVisible(root, "trouble", true);
    };
    const list = async () => {
      const { sessions } = await app.api.get("/sessions", { signal });
      const lines = sessions.map((/** @type {any} */ session) => line(app, session, list, trouble));
      part(root, "list").replaceChildren(...lines);
      setVisible(root, "others", sessions.length > 1);
    };
    on(root, "others", "click", async () => {
      await app.api.delete("/sessions").then(list).catch(trouble);
    });
    await list().catch(trouble);
  },
};

/**
 * @param {import("../services.js").Services} app
 * @param {{ id: string, here: boolean, since: string, hour: string, device: string }} session
 * @param {() => Promise<void>} reload
 * @param {(error: unknown) => void} trouble
 */
function line(app, session, reload, trouble) {
  const item = clone("session-line");
  const device = t(`device-${session.device}`);
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "long" });
  fill(item, {
    what: session.here ? t("device-here", { device }) : device,
    since: t("session-since", {
      date: day.format(new Date(session.since)),
      last: day.format(new Date(session.hour)),
    }),
  });
  setVisible(item, "end", !session.here);
  on(item, "end", "click", () => {
    app.api.delete(`/sessions/${session.id}`).then(reload).catch(trouble);
  });
  return item;
}
